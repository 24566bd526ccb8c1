using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Senders;

/// <summary>
/// <c>POST /api/v1/write</c>: Prometheus' remote-write 1.0 and 2.0. 204 after the commit; 400 where samples were refused for what they say (the good ones are kept, and Prometheus does not send the others again). NaN is
/// counted and not held against the sender, since summaries without observations are full of it.
/// </summary>
internal static class RemoteWriteEndpoint
{
    private const string Version2 = "io.prometheus.write.v2.Request";

    /// <summary>Maps the route.</summary>
    public static void MapRemoteWrite(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/write", PostAsync)
            .WithName("RemoteWrite")
            .WithMetadata(new OwnBodyEncoding())
            .WithTags("points")
            .WithSummary("Takes Prometheus' remote-write, 1.0 and 2.0.")
            .WithStreamedBody("A WriteRequest (1.0) or Request (2.0) in protobuf, in Snappy's block format.", "application/x-protobuf")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> PostAsync(HttpContext context, IngestServices services)
    {
        var type = context.Request.ContentType ?? "application/x-protobuf";
        var isVersion2 = type.Contains(Version2, StringComparison.Ordinal);
        if (!type.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase) || (type.Contains("proto=", StringComparison.Ordinal) && !isVersion2 && !type.Contains("prometheus.WriteRequest", StringComparison.Ordinal)))
        {
            return ApiProblem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"Remote-write is application/x-protobuf, with proto=prometheus.WriteRequest or proto={Version2}.");
        }

        if (context.Request.Headers.ContentEncoding is not ([] or ["snappy"]))
        {
            return ApiProblem.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding", "Content-Encoding is snappy.");
        }

        var decoder = services.Decoders.RemoteWrite(isVersion2);
        var (report, failure) = await IngestRun.RunAsync(context, services, "prometheus", IngestBody.Open(context, services.Limits), decoder, AckMode.Stored);
        failure ??= IngestRun.StoreFailure(report) ?? SampleFailure(report);
        var (samples, histograms) = decoder.Written;
        context.Response.Headers["X-Prometheus-Remote-Write-Samples-Written"] = samples.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-Prometheus-Remote-Write-Histograms-Written"] = histograms.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0";
        if (failure is null) return Results.NoContent();
        if (failure.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem.Result(failure.Status, failure.Code, failure.Detail);
    }

    private static IngestFailure? SampleFailure(IngestReport report)
    {
        foreach (var error in report.Errors)
        {
            if (error.Reason != RejectReason.NotFinite) return new(StatusCodes.Status400BadRequest, "samples_refused", $"{report.Rejected} samples were refused, {report.Accepted} were kept; series {error.Line}: {error.Detail}");
        }

        return null;
    }
}
