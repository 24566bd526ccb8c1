namespace LiveDash.Core.Diagnostics;

/// <summary>One loop under supervision, as its body sees it: it says each time it goes round. Thread-safe.</summary>
public sealed class BackgroundLoop
{
    private readonly Lock _gate = new();
    private bool _isDegraded;
    private long _faults;
    private string? _lastFault;
    private Exception? _failure;

    internal BackgroundLoop(string name) => Name = name;

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How it is doing.</summary>
    public LoopStatus Status
    {
        get { lock (_gate) return new(Name, _isDegraded, _faults, _lastFault); }
    }

    /// <summary>The body goes round once more: what was wrong is over.</summary>
    public void Turn()
    {
        // Nearly always nothing is wrong, and a stale look costs one turn.
        if (!_isDegraded && _failure is null) return;
        lock (_gate)
        {
            if (_failure is { } failure)
            {
                _failure = null;
                throw failure;
            }

            _isDegraded = false;
        }
    }

    /// <summary>Has the body fail at its next turn: how a test kills it.</summary>
    internal void FailNext(Exception failure)
    {
        lock (_gate) _failure = failure;
    }

    /// <summary>It has failed; it is degraded until its next turn.</summary>
    /// <returns>How often it has failed so far.</returns>
    internal long NoteFault(Exception fault)
    {
        lock (_gate)
        {
            (_isDegraded, _lastFault) = (true, fault.Message);
            return ++_faults;
        }
    }
}
