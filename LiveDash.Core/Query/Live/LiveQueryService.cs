using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Core.Query.Live;

/// <summary>Steps the live expressions.</summary>
internal sealed class LiveQueryService(LiveQueries queries, LoopSupervisor loops, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("live expressions", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            loop.Turn();
            await queries.StepAsync(stoppingToken).ConfigureAwait(false);
        }
    }
}
