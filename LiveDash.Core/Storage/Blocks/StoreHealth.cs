namespace LiveDash.Core.Storage.Blocks;

/// <summary>Whether the store takes points, and why not. Thread-safe.</summary>
internal sealed class StoreHealth
{
    private readonly Lock _gate = new();
    private StoreState _state = StoreState.Opening;
    private string? _trouble;
    private string? _notice;
    private string? _waiting;

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
        lock (_gate) return (_state, _trouble ?? _notice ?? _waiting);
    }

    /// <summary>Something an operator should know though the store works, such as a file that was moved aside.</summary>
    public void Notice(string message)
    {
        lock (_gate) _notice = message;
    }

    /// <summary>What upkeep waits for, and why; null where it waits for nothing.</summary>
    public void Waits(string? message)
    {
        lock (_gate) _waiting = message;
    }

    /// <summary>All is well (again), unless nothing is to be written before a restart.</summary>
    public void Recovered()
    {
        lock (_gate)
        {
            if (_state == StoreState.ReadOnly) return;
            _state = StoreState.Ready;
            _trouble = null;
        }
    }

    /// <summary>The refusal for work that cannot be done in this state, else null.</summary>
    public Exception? Refusal(ChangeKind kind)
    {
        lock (_gate)
        {
            return _state switch
            {
                StoreState.Ready => null,
                StoreState.Full => kind == ChangeKind.Adds ? new StoreFullException(_trouble!) : null,
                StoreState.Unavailable when kind == ChangeKind.Probes => null,
                StoreState.ReadOnly or StoreState.Unavailable => new StoreUnavailableException(_trouble!),
                _ => new StoreUnavailableException("The store is not open."),
            };
        }
    }

    /// <summary>Takes note of a failed change and tells what to answer.</summary>
    public Exception Failed(StoreFault fault, Exception inner)
    {
        lock (_gate)
        {
            if (fault.Kind == StoreFaultKind.Refused) return new StoreUnavailableException(fault.Message, inner);
            if (_state != StoreState.ReadOnly)
            {
                _state = fault.Kind switch
                {
                    StoreFaultKind.Full => StoreState.Full,
                    StoreFaultKind.Away => StoreState.Unavailable,
                    _ => StoreState.ReadOnly,
                };
                _trouble = fault.Message;
            }

            return fault.Kind == StoreFaultKind.Full ? new StoreFullException(fault.Message, inner) : new StoreUnavailableException(fault.Message, inner);
        }
    }
}
