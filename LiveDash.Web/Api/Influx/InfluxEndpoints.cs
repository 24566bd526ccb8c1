using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Influx;

/// <summary>
/// <c>POST /write</c> (InfluxDB 1.x), <c>POST /api/v2/write</c> (2.x) and <c>POST /api/v3/write_lp</c> (3.x): line protocol from Telegraf and any client, with <c>?precision=</c>. 204 when every line
/// was taken, after the store's commit; 400 when one was not, and then the good lines are kept all the same. What is to be known of points that were taken, as times that look like those of another
/// precision, stands in headers <c>Warning</c>. Database, bucket and organisation do not matter.
/// </summary>
public static class InfluxEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapInflux(this IEndpointRouteBuilder app)
    {
        foreach (var (route, name) in new[] { ("/write", "InfluxWrite"), ("/api/v2/write", "InfluxWriteV2"), ("/api/v3/write_lp", "InfluxWriteV3") })
        {
            app.MapPost(route, WriteAsync)
                .WithName(name)
                .WithTags("points")
                .WithSummary("Takes InfluxDB line protocol.")
                .WithStreamedBody("Line protocol, one point a line: cpu,host=a load=1.5 1767225600000000000. gzip, br, deflate or zstd.", "text/plain")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status429TooManyRequests)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .ProducesProblem(StatusCodes.Status507InsufficientStorage);
        }
    }

    private static async Task<IResult> WriteAsync(HttpContext context, IngestServices services, string? precision = null)
    {
        if (InfluxPrecision.Parse(precision) is not { } unit)
        {
            return Problem(context, new(StatusCodes.Status400BadRequest, "bad_parameter", "precision is one of ns, us, ms, s, m and h; of 3.x nanosecond, microsecond, millisecond and second."));
        }

        var body = IngestBody.Open(context, services.Limits);
        var (report, failure) = await IngestRun.RunAsync(context, services, "influx", body, services.Decoders.Influx(unit), AckMode.Stored);
        failure ??= IngestRun.StoreFailure(report) ?? LineFailure(report);
        // The answer to what was taken has no body.
        foreach (var warning in report.Warnings) WarningHeader.Add(context.Response, warning);
        return failure is null ? Results.NoContent() : Problem(context, failure);
    }

    // Texts are in what Telegraf sends by default: those that become no states are counted, and not held against the sender.
    private static IngestFailure? LineFailure(IngestReport report)
    {
        if (report.Rejected == report.TextFields) return null;
        if (report.Accepted == 0 && report.OnlySeriesLimit) return new(StatusCodes.Status429TooManyRequests, "series_limit", report.Errors[0].Detail, RetryAfter: 60);
        var first = report.Errors.FirstOrDefault(static error => !ReasonNames.IsOfText(error.Reason), report.Errors[0]);
        return new(StatusCodes.Status400BadRequest, "partial_write",
            $"partial write: {report.Rejected - report.TextFields} lines were refused, {report.Accepted} points were kept; line {first.Line}: {first.Detail}");
    }

    // 1.x clients read "error", 2.x clients "code" and "message".
    private static IResult Problem(HttpContext context, IngestFailure failure)
    {
        if (failure.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-Influxdb-Error"] = failure.Code;
        var code = failure.Status switch
        {
            StatusCodes.Status400BadRequest => "invalid",
            StatusCodes.Status413PayloadTooLarge => "request too large",
            StatusCodes.Status429TooManyRequests => "too many requests",
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage => "unavailable",
            _ => "unprocessable entity",
        };
        return ApiProblem.Result(failure.Status, failure.Code, failure.Detail,
            ("error", failure.Detail), ("code", code), ("message", failure.Detail));
    }
}
