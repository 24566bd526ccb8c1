using System.Text.Json.Nodes;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Jobs;

namespace LiveDash.Web.Api.Jobs;

/// <summary><c>/api/workers</c>: who draws plot jobs, since when, which one, how fast.</summary>
internal static class WorkersEndpoint
{
    /// <summary>Adds the route.</summary>
    public static void MapWorkers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/workers", Read).WithTags("Plot jobs").Produces<JsonObject>().WithSummary("Every worker that draws plot jobs: since when, which job, how fast");

    private static JsonObject Read(IJobQueue queue, JobBook book) => new()
    {
        ["queue"] = queue.Kind,
        ["warning"] = queue.Warning,
        ["waiting"] = book.Waiting,
        ["workers"] = new JsonArray([.. queue.Workers.Select(ToJson)]),
    };

    private static JsonObject ToJson(JobWorkerState worker) => new()
    {
        ["name"] = worker.Name,
        ["host"] = worker.Host,
        ["since"] = TimeText.Format(worker.Since),
        ["seenAt"] = TimeText.Format(worker.SeenAt),
        ["job"] = worker.Job,
        ["done"] = worker.Done,
        ["failed"] = worker.Failed,
        ["pointsPerSecond"] = Math.Round(worker.PointsPerSecond),
    };
}
