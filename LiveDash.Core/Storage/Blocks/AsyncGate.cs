namespace LiveDash.Core.Storage.Blocks;

/// <summary>Open or closed; while it is closed, those who come wait. Thread-safe.</summary>
internal sealed class AsyncGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    /// <summary>Makes those who come wait.</summary>
    public void Close()
    {
        lock (_lock) _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets all through.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _closed?.TrySetResult();
            _closed = null;
        }
    }

    /// <summary>Completes when it is open.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _closed?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
