namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Whether the store takes points, and why not. Thread-safe.</summary>
internal sealed class StoreHealth
{
    // Below this a failed write is taken for a full disk, whatever the error says (quotas, shared memory files).
    private const long ScarceBytes = 16L * 1024 * 1024;

    private readonly Lock _gate = new();
    private StoreState _state = StoreState.Opening;
    private string? _trouble;
    private string? _notice;

    /// <summary>The state now.</summary>
    public StoreState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>The state and what an operator should know, of one moment.</summary>
    public (StoreState State, string? Message) Read()
    {
        lock (_gate) return (_state, _trouble ?? _notice);
    }

    /// <summary>Something an operator should know though the store works, such as a file that was moved aside.</summary>
    public void Notice(string message)
    {
        lock (_gate) _notice = message;
    }

    /// <summary>All is well (again).</summary>
    public void Recovered()
    {
        lock (_gate)
        {
            _state = StoreState.Ready;
            _trouble = null;
        }
    }

    /// <summary>The refusal for work that cannot be done in this state, else null.</summary>
    public Exception? Refusal(bool needsSpace)
    {
        lock (_gate)
        {
            return _state switch
            {
                StoreState.Ready => null,
                StoreState.Full => needsSpace ? new StoreFullException(_trouble!) : null,
                StoreState.ReadOnly => new StoreUnavailableException(_trouble!),
                _ => new StoreUnavailableException("The store is not open."),
            };
        }
    }

    /// <summary>Takes note of a failed commit and tells what to answer.</summary>
    public Exception Failed(SqliteFailure failure, long freeBytes)
    {
        if (failure.IsFull || (failure.IsInputOutput && freeBytes < ScarceBytes))
        {
            return Full($"The disk is full ({freeBytes >> 20:N0} MiB free): new points are refused until there is space again; reading and alerting go on.", failure);
        }

        if (failure.IsBusy)
        {
            return new StoreUnavailableException("Another program holds the database. Try again.", failure);
        }

        lock (_gate)
        {
            _state = StoreState.ReadOnly;
            _trouble = $"Writing failed ({failure.Message}); nothing more is kept, so that what is on disk stays sound. Check the disk and restart.";
            return new StoreUnavailableException(_trouble, failure);
        }
    }

    private StoreFullException Full(string message, Exception inner)
    {
        lock (_gate)
        {
            if (_state != StoreState.ReadOnly) _state = StoreState.Full;
            _trouble = message;
            return new StoreFullException(message, inner);
        }
    }
}
