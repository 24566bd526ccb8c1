using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Keeps on disk what the book was told, soon after, and now and then how far the clocks of alerts have run; while the store takes nothing it tries
/// again each second.
/// </summary>
internal sealed partial class AlertKeeper(AlertBook book, LiveEngine engine, LoopSupervisor loops, TimeProvider time, ILogger<AlertKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A crash costs a clock at most so much, or a hundredth of its <c>for</c> or <c>keep</c> where that is more.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>With more clocks than this in one interval the next ones are left out: ten thousand pending alerts must not keep the disk busy.</summary>
    private const int ClocksPerInterval = 1_000;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryRememberAsync(isAll: true, cancellationToken);
        await TrySaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(loops.RunAsync("alert keeping", SaveAsync, stoppingToken), loops.RunAsync("alert clocks", RememberAsync, stoppingToken));

    private async Task SaveAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        while (true)
        {
            loop.Turn();
            await book.WaitAsync(stoppingToken);
            while (!await TrySaveAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task RememberAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var left = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            loop.Turn();
            book.Sweep();
            if (--left > 0) continue;
            await TryRememberAsync(isAll: false, stoppingToken);
            left = book.Followed / ClocksPerInterval;
            await TrySaveAsync(stoppingToken);
        }
    }

    private async Task TryRememberAsync(bool isAll, CancellationToken cancellationToken)
    {
        try
        {
            await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Remember(isAll), cancellationToken).WaitAsync(Interval, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The engine has stopped, or has more to do than this: what was kept last stands.
            LogNotRemembered(logger);
        }
    }

    private async Task<bool> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await book.SaveAsync(cancellationToken);
            return true;
        }
        catch (IOException e)
        {
            LogNotKept(logger, e);
            return false;
        }
    }

    [LoggerMessage(4003, LogLevel.Debug, "How far the clocks of alerts have run could not be asked for")]
    private static partial void LogNotRemembered(ILogger logger);

    [LoggerMessage(4001, LogLevel.Warning, "Alerts could not be kept; trying again")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}
