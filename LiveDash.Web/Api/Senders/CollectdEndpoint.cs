using LiveDash.Core.Ingestion;
using LiveDash.Web.Api.Points;

namespace LiveDash.Web.Api.Senders;

/// <summary><c>POST /collectd</c>: what collectd's plugin write_http sends with <c>Format "JSON"</c>.</summary>
internal static class CollectdEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapCollectd(this IEndpointRouteBuilder app) =>
        app.MapPost("/collectd", PostAsync)
            .WithName("Collectd")
            .WithTags("points")
            .WithSummary("Takes value lists of collectd's write_http in JSON.")
            .WithStreamedBody("""An array of value lists: [{"values":[0.5],"dsnames":["value"],"time":1767225600,"host":"a","plugin":"load","type":"load"}].""", "application/json")
            .Produces<PointsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> PostAsync(HttpContext context, IngestServices services)
    {
        var body = IngestBody.Open(context, services.Limits);

        var (report, failure) = await IngestRun.RunAsync(context, services, "collectd", body, services.Decoders.Collectd(), AckMode.Stored);
        return PointsIngestEndpoint.Answer(context, report, failure);
    }
}
