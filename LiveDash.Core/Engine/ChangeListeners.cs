namespace LiveDash.Core.Engine;

/// <summary>
/// Who wants to hear that one thing changed. Adding and removing swap an immutable array, so raising takes no lock. All members are thread-safe.
/// A signal may be added more than once and is then removed as often. Bounded by the leases of the open circuits.
/// </summary>
internal sealed class ChangeListeners
{
    private readonly Lock _gate = new();
    private ChangeSignal[] _signals = [];

    public int Count => Volatile.Read(ref _signals).Length;

    public void Add(ChangeSignal? signal)
    {
        if (signal is null) return;
        lock (_gate) Volatile.Write(ref _signals, [.. _signals, signal]);
    }

    public void Remove(ChangeSignal? signal)
    {
        if (signal is null) return;
        lock (_gate)
        {
            var at = Array.IndexOf(_signals, signal);
            if (at < 0) return;
            Volatile.Write(ref _signals, [.. _signals[..at], .. _signals[(at + 1)..]]);
        }
    }

    public void Raise()
    {
        foreach (var signal in Volatile.Read(ref _signals)) signal.Raise();
    }
}
