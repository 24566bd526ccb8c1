using System.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;

namespace LiveDash.Benchmarks;

/// <summary>Tells when the next episode began or ended. One waiter at a time.</summary>
internal sealed class CallbackLog : IAlertLog
{
    private TaskCompletionSource<long>? _next;

    /// <summary>Completes with the time stamp of the next change.</summary>
    public Task<long> Next()
    {
        var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        return next.Task;
    }

    /// <inheritdoc/>
    public void Post(AlertTransition transition)
    {
        if (transition.Kind is AlertEventKind.Fired or AlertEventKind.Resolved) Volatile.Read(ref _next)?.TrySetResult(Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public void Follow(string alertId, AlertClock clock)
    {
        // Measured is what a change costs to tell.
    }

    public void NoteSilence(string series, long quiet)
    {
        // As above.
    }

    public long RecallSilence(string series) => 0;

    public KeptAlert? Recall(string alertId, LiveFigures live) => null;
}
