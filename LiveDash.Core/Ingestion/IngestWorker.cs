using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Ingestion;

/// <summary>Runs the pipeline's loop from start to stop; stopping lets the queue run dry first.</summary>
internal sealed class IngestWorker(IngestPipeline pipeline, LoopSupervisor loops) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var closing = stoppingToken.Register(pipeline.Close);
        await loops.RunAsync("ingest", (loop, _) =>
        {
            pipeline.Turning = loop.Turn;
            return pipeline.RunAsync();
        }, stoppingToken).ConfigureAwait(false);
    }
}
