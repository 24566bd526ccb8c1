using System.IO.Pipelines;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding.Otlp;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;
using Google.Protobuf;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Senders;

/// <summary>
/// <c>POST /v1/metrics</c>: OTLP metrics in protobuf or JSON, on the main port and on OpenTelemetry's own. The answer comes after the commit; points that were refused are told as a partial success.
/// </summary>
internal static class OtlpEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapOtlp(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/metrics", PostAsync)
            .WithName("OtlpMetrics")
            .WithTags("points")
            .WithSummary("Takes OpenTelemetry metrics (OTLP over HTTP).")
            .WithStreamedBody("An ExportMetricsServiceRequest in protobuf or JSON; gzip, br or deflate.", "application/x-protobuf", "application/json")
            .Produces(StatusCodes.Status200OK, null, "application/x-protobuf", "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    /// <summary>Runs one message, by whatever transport it came.</summary>
    public static Task<(IngestReport Report, IngestFailure? Failure)> RunAsync(HttpContext context, IngestServices services, OtlpNames names, PipeReader body, bool isJson) =>
        IngestRun.RunAsync(context, services, "otlp", body, services.Decoders.Otlp(names, isJson), AckMode.Stored);

    /// <summary>What a sender is told of a message that was taken, in whole or in part.</summary>
    public static ExportMetricsServiceResponse Answer(IngestReport report)
    {
        var answer = new ExportMetricsServiceResponse();
        if (report.Rejected > 0) answer.PartialSuccess = new() { RejectedDataPoints = report.Rejected, ErrorMessage = report.Errors.Count > 0 ? report.Errors[0].Detail : "" };
        return answer;
    }

    /// <summary>A message that could not be read at all.</summary>
    public static IngestFailure? MessageFailure(IngestReport report) =>
        report is { Accepted: 0, Errors: [{ Reason: RejectReason.BadMessage or RejectReason.BadJson } bad, ..] }
            ? new(StatusCodes.Status400BadRequest, "bad_message", bad.Detail)
            : null;

    private static async Task<IResult> PostAsync(HttpContext context, IngestServices services, OtlpNames names)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/x-protobuf" or "application/json"))
        {
            return ApiProblem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "OTLP is application/x-protobuf or application/json.");
        }

        var body = IngestBody.Open(context, services.Limits);

        var isJson = type == "application/json";
        var (report, failure) = await RunAsync(context, services, names, body, isJson);
        failure ??= IngestRun.StoreFailure(report) ?? MessageFailure(report);
        if (failure is not null)
        {
            if (failure.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ApiProblem.Result(failure.Status, failure.Code, failure.Detail);
        }

        var answer = Answer(report);
        return isJson ? Results.Text(JsonFormatter.Default.Format(answer), type) : Results.Bytes(answer.ToByteArray(), type);
    }
}
