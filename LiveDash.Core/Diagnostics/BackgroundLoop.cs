namespace LiveDash.Core.Diagnostics;

/// <summary>One loop under supervision, as its body sees it: it says each time it goes round. Thread-safe.</summary>
public sealed class BackgroundLoop
{
    private readonly Lock _gate = new();
    private bool _isDegraded;
    private long _faults;
    private string? _lastFault;
    private Exception? _failure;
    private CancellationTokenSource? _life;

    internal BackgroundLoop(string name) => Name = name;

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How it is doing.</summary>
    public LoopStatus Status
    {
        get { lock (_gate) return new(Name, _isDegraded, _faults, _lastFault); }
    }

    /// <summary>True while its body runs.</summary>
    internal bool IsRunning
    {
        get { lock (_gate) return _life is not null; }
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

    /// <summary>The body goes on, and does not do what it is there for: what it reads or sends to is away. It is degraded until it recovers, and has not failed.</summary>
    /// <param name="why">What is wrong.</param>
    public void Limp(string why)
    {
        lock (_gate)
        {
            // What somebody says of a body that has ended is over with it.
            if (_life is not null) (_isDegraded, _lastFault) = (true, why);
        }
    }

    /// <summary>What it reads or sends to is there again.</summary>
    public void Recover()
    {
        if (!_isDegraded) return;
        lock (_gate) _isDegraded = false;
    }

    /// <summary>Has the body fail at its next turn, or at once where it waits for something: how a test kills it.</summary>
    internal void FailNext(Exception failure)
    {
        CancellationTokenSource? life;
        lock (_gate) (_failure, life) = (failure, _life);
        try
        {
            life?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile; the next run fails at its first turn.
        }
    }

    /// <summary>Its body begins; the life ends what it waits for.</summary>
    internal void Begin(CancellationTokenSource life)
    {
        lock (_gate) _life = life;
    }

    /// <summary>Its body has ended, and so, where nobody runs it again, has what was wrong.</summary>
    internal void End(bool isForGood)
    {
        lock (_gate)
        {
            _life = null;
            if (isForGood) _isDegraded = false;
        }
    }

    /// <summary>What it was killed with and has not thrown yet.</summary>
    internal Exception? TakeFailure()
    {
        lock (_gate)
        {
            var failure = _failure;
            _failure = null;
            return failure;
        }
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
