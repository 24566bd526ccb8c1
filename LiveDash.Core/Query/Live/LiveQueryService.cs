using LiveDash.Core.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Query.Live;

/// <summary>Steps the live expressions.</summary>
internal sealed partial class LiveQueryService(LiveQueries queries, LoopSupervisor loops, TimeProvider time, ILogger<LiveQueryService> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    // A store that is away fails each past that is tried: one of them is told so often.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);
    private long _told = long.MinValue;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("live expressions", RunAsync, stoppingToken);

    private async Task RunAsync(BackgroundLoop loop, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            loop.Turn();
            await queries.StepAsync(stoppingToken).ConfigureAwait(false);
            if (queries.TakeFault() is not { } fault || (_told != long.MinValue && time.GetElapsedTime(_told) < s_quiet)) continue;
            _told = time.GetTimestamp();
            LogPast(fault);
        }
    }

    [LoggerMessage(3161, LogLevel.Warning, "The points that a live expression begins with cannot be read; the others go on, and it is tried again")]
    private partial void LogPast(Exception fault);
}
