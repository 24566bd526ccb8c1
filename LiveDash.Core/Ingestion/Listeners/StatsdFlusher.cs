using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion.Decoding.Statsd;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>Turns what StatsD's senders said into points, once an interval. The last interval is written when the program stops.</summary>
internal sealed class StatsdFlusher(StatsdAggregator aggregator, ListenerBoard board, IngestPipeline pipeline, SourceRegistry sources, LoopSupervisor loops, TimeProvider time) : BackgroundService
{
    private readonly SourceLedger _source = sources.Get("statsd", "intervals");

    /// <summary>Writes the interval that ends now.</summary>
    internal async Task StepAsync()
    {
        var now = time.GetUtcNow().UtcTicks;
        await using var session = new IngestSession(pipeline, _source, time, TimeSpan.Zero);
        aggregator.Flush(now - now % TimeSpan.TicksPerMillisecond, session);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("statsd intervals", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(board[ListenerSpec.Statsd].Options.FlushInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                loop.Turn();
                await StepAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await StepAsync().ConfigureAwait(false);
        }
    }
}
