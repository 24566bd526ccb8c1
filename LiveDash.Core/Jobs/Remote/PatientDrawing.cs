namespace LiveDash.Core.Jobs.Remote;

/// <summary>
/// Draws on a thread of the least priority, so that a plot takes what nobody else on the machine wants. Where that is next to nothing it is begun once more, beside the first, on a thread that
/// gets its share: whichever is done first counts, and the other is told to stop. (A thread without privileges cannot raise its own priority.) It draws on the processors that the process may use,
/// which are all but the first where a server runs beside it (<see cref="WorkerThread.GiveWayAll"/>). Thread-safe.
/// </summary>
/// <param name="draw">Draws on the calling thread; is told the token that ends it. Called twice at most, at the same time.</param>
/// <param name="clock">The clock.</param>
internal sealed class PatientDrawing(Func<CancellationToken, JobImages> draw, TimeProvider clock)
{
    /// <summary>How long the first may take alone. A million points are drawn in a tenth of a second.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Draws.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task<JobImages> RunAsync(string name, CancellationToken cancellationToken)
    {
        // Not disposed of: the one that is told to stop asks it still.
        var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var last = Begin(name, WorkerThread.Last, ended.Token);
        var first = await Task.WhenAny(last, Task.Delay(Patience, clock, waited.Token)).ConfigureAwait(false);
        await waited.CancelAsync().ConfigureAwait(false);
        if (first == last || cancellationToken.IsCancellationRequested) return await last.ConfigureAwait(false);
        var done = await Task.WhenAny(last, Begin(name, WorkerThread.Niceness, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return await done.ConfigureAwait(false);
    }

    private Task<JobImages> Begin(string name, int niceness, CancellationToken cancellationToken)
    {
        var drawn = new TaskCompletionSource<JobImages>(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkerThread.Start(name, () =>
        {
            try
            {
                drawn.SetResult(draw(cancellationToken));
            }
            catch (Exception exception)
            {
                drawn.SetException(exception);
            }
        }, niceness, leaveFirst: false);
        return drawn.Task;
    }
}
