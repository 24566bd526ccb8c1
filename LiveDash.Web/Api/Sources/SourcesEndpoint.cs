using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Sources;

/// <summary><c>GET /api/sources</c>: what each source offered, what became of it, and how full the queue is.</summary>
public static class SourcesEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapSources(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/sources", static (SourceRegistry sources, IngestPipeline pipeline, TimeProvider time) =>
            {
                var now = time.GetUtcNow().UtcTicks;
                var (waiting, capacity) = pipeline.Queue;
                return new SourcesAnswer(TimeText.Format(now), waiting, capacity, [.. sources.Snapshot(now).Select(SourcesAnswer.Source.From)]);
            })
            .WithName("GetSources")
            .WithTags("sources")
            .WithSummary("Every source's exact account: offered = accepted + waiting + rejected + dropped.");
}
