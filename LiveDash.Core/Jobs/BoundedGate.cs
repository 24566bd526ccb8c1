namespace LiveDash.Core.Jobs;

/// <summary>Lets some work at a time, the others in turn, and tells who comes when too many wait already. Thread-safe.</summary>
/// <param name="places">How many work at a time.</param>
/// <param name="maxWaiting">How many work or wait at most; one more is told so.</param>
public sealed class BoundedGate(int places, int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(places, places);
    private int _waiting;

    /// <summary>Works in its turn.</summary>
    /// <param name="workAsync">The work.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>What came of it; null where too many wait already.</returns>
    public async Task<T?> RunAsync<T>(Func<Task<T?>> workAsync, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(workAsync);
        if (Interlocked.Increment(ref _waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                return await workAsync();
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
