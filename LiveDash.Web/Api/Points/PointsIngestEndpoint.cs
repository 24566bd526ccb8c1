using System.ComponentModel;
using System.Globalization;
using System.Net.Http.Headers;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Points;

/// <summary>
/// <c>POST /api/points</c>: points as NDJSON, a JSON array or one object; gzip, br, deflate or zstd. The answer comes after the store's commit, or with
/// <c>?ack=received</c> once the points are queued. Good lines of a bad body are kept.
/// </summary>
public static class PointsIngestEndpoint
{
    // The last three are what curl -d, curl --data-binary with no type, and simple scripts send.
    private static readonly HashSet<string> s_mediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json-lines",
        "text/json", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded",
    };

    /// <summary>Maps the route.</summary>
    public static void MapPointsIngest(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/points", PostAsync)
            .WithName("PostPoints")
            .WithTags("points")
            .WithSummary("Takes points: NDJSON, a JSON array, or one object.")
            .WithDescription("""
                Each point is {"series":"cpu.load","tags":{"host":"a"},"t":"2026-01-01T00:00:00Z","value":1.5,"pt":[x,y],"id":"..."}; only series and value are
                needed. t is ISO 8601 or milliseconds since 1970. Good lines of a bad body are kept; at most 20 errors are told, all are counted.
                """)
            .WithStreamedBody("Points, one a line: {\"series\":\"cpu.load\",\"value\":1.5}; or one JSON array of them. gzip, br, deflate or zstd.",
                "application/x-ndjson", "application/json")
            .Produces<PointsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, IngestServices services, string? ack = null,
        [Description("What a number in t counts since 1970: ms (the default), s, us, ns, or auto by its size.")] string? timeUnit = null)
    {
        if (EpochUnits.Parse(timeUnit) is not { } unit) return ApiProblem.BadParameter("timeUnit", "timeUnit is s, ms, us, ns or auto.");
        AckMode mode;
        if (ack is null or "stored") mode = AckMode.Stored;
        else if (ack == "received") mode = AckMode.Received;
        else return ApiProblem.BadParameter("ack", "ack is 'stored' (the default) or 'received'.");
        if (!IsJson(context.Request.ContentType))
        {
            return ApiProblem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
                $"Points are application/x-ndjson or application/json in UTF-8, not {context.Request.ContentType}.");
        }

        var body = IngestBody.Open(context, services.Limits);
        var (report, failure) = await IngestRun.RunAsync(context, services, "http", body, services.Decoders.Json(unit), mode);
        return Answer(context, report, failure);
    }

    internal static IResult Answer(HttpContext context, IngestReport report, IngestFailure? failure)
    {
        failure ??= IngestRun.StoreFailure(report) ?? EmptyFailure(report);
        var answer = PointsAnswer.From(report);
        if (failure is null) return Results.Json(answer);
        if (failure.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem.Result(failure.Status, failure.Code, failure.Detail,
            ("accepted", answer.Accepted), ("rejected", answer.Rejected), ("repeated", answer.Repeated), ("errors", answer.Errors));
    }

    private static IngestFailure? EmptyFailure(IngestReport report)
    {
        if (report.Accepted > 0 || report.Repeated > 0) return null;
        if (report.OnlySeriesLimit) return new(StatusCodes.Status429TooManyRequests, "series_limit", report.Errors[0].Detail, RetryAfter: 60);
        return new(StatusCodes.Status400BadRequest, "nothing_accepted", report.Rejected == 0
            ? "The body holds no point. Send {\"series\":\"cpu.load\",\"value\":1.5}, one a line."
            : $"None of {report.Rejected} points was accepted; the first: line {report.Errors[0].Line}, {report.Errors[0].Detail}");
    }

    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !s_mediaTypes.Contains(type.MediaType!)) return false;
        var charset = type.CharSet?.Trim('"');
        return charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
    }
}
