using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Diagnostics;

namespace LiveDash.Web.Security.Sharing;

/// <summary>Takes snapshots away whose time is over, with all that they show: at the start and every <see cref="Period"/>, so that nothing of them stays on disk or gets into a backup for long.</summary>
internal sealed class SnapshotSweep(SnapshotBook book, LoopSupervisor loops, TimeProvider time) : BackgroundService
{
    /// <summary>How often all are looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("snapshot sweeps", SweepAsync, stoppingToken);

    private async Task SweepAsync(BackgroundLoop loop, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            loop.Turn();
            await book.SweepAsync(time.GetUtcNow(), stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }
}
