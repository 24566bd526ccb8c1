namespace LiveDash.Core.Notifications;

/// <summary>What is on its way to one channel: so many deliveries at once, the rest in a short queue. Thread-safe.</summary>
internal sealed class ChannelLane
{
    /// <summary>How many deliveries go to one channel at once.</summary>
    public const int AtOnce = 16;

    /// <summary>How many are picked up and wait for their turn or are on their way: enough that none of them waits for the next look.</summary>
    public const int MaxPicked = 512;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);
    private int _picked;
    private Task _lastBegun = Task.CompletedTask;

    /// <summary>How many turns are taken.</summary>
    public int Busy => AtOnce - _turns.CurrentCount;

    /// <summary>True where no more may be picked up.</summary>
    public bool IsFull => Volatile.Read(ref _picked) >= MaxPicked;

    /// <summary>One more is picked up.</summary>
    public void Pick() => Interlocked.Increment(ref _picked);

    /// <summary>The next to set out: what it waits for, and what it completes once it has begun.</summary>
    public (Task Before, TaskCompletionSource Begun) QueueStart()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.Exchange(ref _lastBegun, begun.Task), begun);
    }

    /// <summary>One has arrived or failed.</summary>
    /// <returns>True where it is time to pick up more.</returns>
    public bool Leave() => Interlocked.Decrement(ref _picked) == MaxPicked / 2;

    /// <summary>Waits for a turn.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _turns.WaitAsync(cancellationToken);

    /// <summary>Gives a turn back.</summary>
    public void Release() => _turns.Release();

    /// <summary>Takes all turns: completes once nothing is on its way, and lets nothing go until they are given back by <see cref="ReleaseAll"/>.</summary>
    public async Task WaitForAllAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        try
        {
            for (; taken < AtOnce; taken++) await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (taken > 0) _turns.Release(taken);
            throw;
        }
    }

    /// <summary>Gives all turns back.</summary>
    public void ReleaseAll() => _turns.Release(AtOnce);
}
