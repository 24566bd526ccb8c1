using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Storage;
using OpenTelemetry.Metrics;

namespace LiveDash.Web.Api.Health;

/// <summary>For those who watch LiveDash: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>.</summary>
internal static class HealthApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => Results.Json(new HealthAnswer("ok", new Dictionary<string, string>())))
            .WithTags("health")
            .WithSummary("Whether the process is alive")
            .Produces<HealthAnswer>();
        app.MapGet("/readyz", Ready)
            .WithTags("health")
            .WithSummary("Whether it takes and gives points; degraded, with what it is, where something cannot do its work")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
        var scrape = app.CreateApplicationBuilder()
            .UseOpenTelemetryPrometheusScrapingEndpoint(app.ServiceProvider.GetRequiredService<MeterProvider>(), static _ => true, path: null, configureBranchedPipeline: null, optionsName: null)
            .Build();
        // A delegate of its own, so that the route is described like every other.
        app.MapGet("/metrics", (Delegate)((HttpContext context) => scrape(context)))
            .WithTags("health")
            .WithSummary("LiveDash's own metrics as Prometheus text, or as OpenMetrics by Accept")
            .Produces(StatusCodes.Status200OK, typeof(string), "text/plain");
    }

    private static IResult Ready(IPointStore store, LoopSupervisor loops, ListenerBoard listeners, IHostApplicationLifetime lifetime)
    {
        var status = store.Status;
        var runs = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        var ready = runs && status.State != StoreState.Opening;
        var checks = new Dictionary<string, string>
        {
            ["store"] = status.State.ToString().ToLowerInvariant() + (status.Message is null ? "" : ": " + status.Message),
            ["pipeline"] = runs ? "running" : "stopped",
        };
        var degraded = loops.Status.Where(static loop => loop.IsDegraded).ToList();
        foreach (var loop in degraded) checks[loop.Name] = "degraded: " + loop.LastFault;
        // A port that is taken: everything else works, and who sends there finds somebody else.
        var deaf = listeners.Snapshot().Where(static listener => listener.Error is not null).ToList();
        foreach (var listener in deaf) checks["listener " + listener.Spec.Name] = "degraded: " + listener.Error;
        var answer = new HealthAnswer(!ready ? "unavailable" : status.State == StoreState.Ready && degraded.Count == 0 && deaf.Count == 0 ? "ready" : "degraded", checks);
        return Results.Json(answer, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>How it is.</summary>
    /// <param name="Status"><c>ok</c>; or <c>ready</c>, <c>degraded</c>, <c>unavailable</c>.</param>
    /// <param name="Checks">Each part and its state.</param>
    internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks);
}
