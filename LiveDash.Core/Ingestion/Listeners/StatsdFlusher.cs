using LiveDash.Core.Ingestion.Decoding.Statsd;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>Turns what StatsD's senders said into points, once an interval. The last interval is written when the program stops.</summary>
internal sealed class StatsdFlusher(StatsdAggregator aggregator, ListenerBoard board, IngestPipeline pipeline, SourceRegistry sources, TimeProvider time) : BackgroundService
{
    private readonly SourceLedger _source = sources.Get("statsd", "intervals");

    /// <summary>Writes the interval that ends now.</summary>
    internal async Task StepAsync()
    {
        var now = time.GetUtcNow().UtcTicks;
        await using var session = new IngestSession(pipeline, _source, time, TimeSpan.Zero);
        aggregator.Flush(now - now % TimeSpan.TicksPerMillisecond, session);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(board[ListenerSpec.Statsd].Options.FlushInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await StepAsync().ConfigureAwait(false);
        }
        finally
        {
            await StepAsync().ConfigureAwait(false);
        }
    }
}
