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

    // Told to stop, a body that has work to end may fail so often; then it is left.
    private const int LastRounds = 3;

    // As many as the program has loops: a few dozen, and one for each source and for each collection that is followed.
    private readonly ConcurrentDictionary<string, BackgroundLoop> _loops = new(StringComparer.Ordinal);

    /// <summary>Every loop that was started, by name.</summary>
    public IReadOnlyList<LoopStatus> Status => [.. _loops.Values.Select(static loop => loop.Status).OrderBy(static status => status.Name, StringComparer.Ordinal)];

    /// <summary>The loop of a name, made where there is none.</summary>
    public BackgroundLoop this[string name] => _loops.GetOrAdd(name, static name => new BackgroundLoop(name));

    /// <summary>Runs a body until it returns, or is told to stop; whatever it throws meanwhile, it is run again.</summary>
    /// <param name="name">What the loop is called; one of that name runs at a time.</param>
    /// <param name="body">The loop: it calls <see cref="BackgroundLoop.Turn"/> each time it goes round, and must be able to begin anew.</param>
    /// <param name="stop">Ends it: a body that is cancelled by it has ended.</param>
    public Task RunAsync(string name, Func<BackgroundLoop, CancellationToken, Task> body, CancellationToken stop) =>
        RunAsync(name, body, async pause => await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing), stop);

    /// <summary>The same on the calling thread, for what has one of its own because it blocks.</summary>
    /// <param name="name">What the loop is called; one of that name runs at a time.</param>
    /// <param name="body">The loop, which returns when it has ended.</param>
    /// <param name="stop">Ends it: a body that is cancelled by it has ended.</param>
    public void Run(string name, Action<BackgroundLoop, CancellationToken> body, CancellationToken stop)
    {
        // Nothing in it is waited for elsewhere, so it has ended when it returns, and never left the thread.
        var ended = RunAsync(
            name,
            (loop, life) =>
            {
                body(loop, life);
                return Task.CompletedTask;
            },
            pause =>
            {
                // The thread has nothing else to do, so it waits here; by its own clock, since nobody else's moves a thread that is blocked.
                stop.WaitHandle.WaitOne(pause);
                return Task.CompletedTask;
            },
            stop);
        ended.GetAwaiter().GetResult();
    }

    private async Task RunAsync(string name, Func<BackgroundLoop, CancellationToken, Task> body, Func<TimeSpan, Task> rest, CancellationToken stop)
    {
        var loop = this[name];
        var pause = FirstPause;
        for (var last = LastRounds; last > 0; last -= stop.IsCancellationRequested ? 1 : 0)
        {
            var begun = time.GetTimestamp();
            Exception? fault;
            using (var life = CancellationTokenSource.CreateLinkedTokenSource(stop))
            {
                loop.Begin(life);
                try
                {
                    loop.Turn();
                    await body(loop, life.Token).ConfigureAwait(false);
                    fault = loop.TakeFailure();
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    fault = null;
                }
                catch (Exception e)
                {
                    fault = loop.TakeFailure() ?? e;
                }
            }

            loop.End(isForGood: fault is null);
            if (fault is null) return;
            pause = Note(loop, fault, begun, pause);
            // Told to stop, the next round ends what there is to end.
            await rest(pause).ConfigureAwait(false);
            pause = Longer(pause);
        }

        loop.End(isForGood: true);
    }

    private TimeSpan Note(BackgroundLoop loop, Exception fault, long begun, TimeSpan pause)
    {
        if (time.GetElapsedTime(begun) > LongestPause) pause = FirstPause;
        // The same again and again, as of a broker that is away for a night: told each time, and where it comes from once.
        var isAgain = pause > FirstPause && loop.Status.LastFault == fault.Message;
        var faults = loop.NoteFault(fault);
        if (isAgain) LogAgain(logger, loop.Name, faults, pause.TotalSeconds, fault.Message);
        else LogFault(logger, fault, loop.Name, faults, pause.TotalSeconds);
        return pause;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The background loop {Loop} failed, {Faults} times so far, and is started again in {Seconds} s")]
    private static partial void LogFault(ILogger logger, Exception exception, string loop, long faults, double seconds);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "The background loop {Loop} failed again, {Faults} times so far, and is started again in {Seconds} s: {Fault}")]
    private static partial void LogAgain(ILogger logger, string loop, long faults, double seconds, string fault);
}
