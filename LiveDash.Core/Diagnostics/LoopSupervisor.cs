using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Diagnostics;

/// <summary>
/// Runs the background loops so that no exception ends one: a fault is logged and counted, the loop is degraded and started again after a pause, which
/// doubles from a second to a minute while it goes on failing. <c>/readyz</c> and <c>/metrics</c> tell <see cref="Status"/>. Thread-safe.
/// </summary>
public sealed partial class LoopSupervisor(TimeProvider time, ILogger<LoopSupervisor> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // As many as the program has loops: a few dozen.
    private readonly ConcurrentDictionary<string, BackgroundLoop> _loops = new(StringComparer.Ordinal);

    /// <summary>Every loop that was started, by name.</summary>
    public IReadOnlyList<LoopStatus> Status => [.. _loops.Values.Select(static loop => loop.Status).OrderBy(static status => status.Name, StringComparer.Ordinal)];

    /// <summary>The loop of a name, made where there is none.</summary>
    public BackgroundLoop this[string name] => _loops.GetOrAdd(name, static name => new BackgroundLoop(name));

    /// <summary>Runs a body until it returns, or is told to stop; whatever it throws meanwhile, it is run again.</summary>
    /// <param name="name">What the loop is called; one of that name runs at a time.</param>
    /// <param name="body">The loop: it calls <see cref="BackgroundLoop.Turn"/> each time it goes round, and must be able to begin anew.</param>
    /// <param name="stop">Ends it: a body that is cancelled by it has ended.</param>
    public async Task RunAsync(string name, Func<BackgroundLoop, CancellationToken, Task> body, CancellationToken stop)
    {
        var loop = this[name];
        var pause = FirstPause;
        // Told to stop, a body that has work to end may fail so often; then it is left.
        for (var last = 3; last > 0; last -= stop.IsCancellationRequested ? 1 : 0)
        {
            var begun = time.GetTimestamp();
            try
            {
                loop.Turn();
                await body(loop, stop).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (time.GetElapsedTime(begun) > LongestPause) pause = FirstPause;
                LogFault(logger, fault, name, loop.NoteFault(fault), pause.TotalSeconds);
            }

            try
            {
                await Task.Delay(pause, time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Told to stop: the next round ends what there is to end.
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The background loop {Loop} failed, {Faults} times so far, and is started again in {Seconds} s")]
    private static partial void LogFault(ILogger logger, Exception exception, string loop, long faults, double seconds);
}
