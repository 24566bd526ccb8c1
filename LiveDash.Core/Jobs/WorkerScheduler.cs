using System.Collections.Concurrent;

namespace LiveDash.Core.Jobs;

/// <summary>
/// Runs what plot workers elsewhere have the server do for them: one step after another, on one thread that gives way (<see cref="WorkerThread"/>). On the pool, a few workers
/// that read a million points each would hold all its threads, and requests would queue behind them. Steps wait in order; each worker has one at a time, so
/// their number is bounded by the connections. Thread-safe.
/// </summary>
internal sealed class WorkerScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _steps = [];
    private readonly Lazy<Thread> _thread;

    /// <summary>Begins with the first step.</summary>
    public WorkerScheduler() => _thread = new(() => WorkerThread.Start("points for plots", Work));

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a step there, also behind what it awaits.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(step, cancellationToken, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Ends the thread when what waits is done.</summary>
    public void Dispose() => _steps.CompleteAdding();

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        _ = _thread.Value;
        _steps.Add(task);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _steps];

    // A task keeps what its step throws.
    private void Work()
    {
        foreach (var step in _steps.GetConsumingEnumerable()) TryExecuteTask(step);
    }
}
