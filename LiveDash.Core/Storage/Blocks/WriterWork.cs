namespace LiveDash.Core.Storage.Blocks;

/// <summary>Something for the writer to do, and who waits for it.</summary>
internal abstract class WriterWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is on disk, fails when it is not.</summary>
    public Task Done => _done.Task;

    /// <summary>Tells whoever waits: null for done.</summary>
    public void Complete(Exception? failure)
    {
        if (failure is null)
        {
            _done.TrySetResult();
            return;
        }

        _done.TrySetException(failure);
    }
}
