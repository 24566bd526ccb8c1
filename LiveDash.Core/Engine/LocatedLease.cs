namespace LiveDash.Core.Engine;

/// <summary>
/// A reader's share of the located points of a series: first those the store had, then each as it arrives. Keep it while they are looked at, and
/// dispose it once. <see cref="CopyNew"/> is for one reader at a time, the rest is thread-safe.
/// </summary>
public sealed class LocatedLease : IDisposable
{
    private readonly EngineShard _shard;
    private readonly ChangeSignal? _signal;
    private LocatedCell? _cell;
    private List<LocatedPoint>? _history;
    private long _next;
    private int _disposed;

    internal LocatedLease(EngineShard shard, int series, int history, HistoryReader reader, ChangeSignal? signal)
    {
        _shard = shard;
        _signal = signal;
        Series = series;
        shard.Post(_ => Grant(history, reader));
    }

    /// <summary>The interned series.</summary>
    public int Series { get; }

    /// <summary>How many points were lost because the reader was slower than the ring is long.</summary>
    public long Lost { get; private set; }

    /// <summary>True when <see cref="CopyNew"/> would give something.</summary>
    public bool HasNew => Volatile.Read(ref _history) is not null || (Volatile.Read(ref _cell) is { } cell && cell.Ring.Next != _next);

    /// <summary>Adds what is new since the last call: points that were stored before the lease to <paramref name="old"/>, others to <paramref name="fresh"/>.</summary>
    public void CopyNew(List<LocatedPoint> old, List<LocatedPoint> fresh)
    {
        if (Interlocked.Exchange(ref _history, null) is { } history) old.AddRange(history);
        if (Volatile.Read(ref _cell) is { } cell) Lost += cell.Ring.CopySince(ref _next, fresh);
    }

    /// <summary>Gives the share back; the last one drops the ring.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _shard.Post(_ =>
        {
            if (_cell is not { } cell) return;
            cell.Listeners.Remove(_signal);
            _shard.Charts.ReturnLocated(Series);
        });
    }

    private void Grant(int history, HistoryReader reader)
    {
        var cell = _shard.Charts.LeaseLocated(Series);
        cell.Listeners.Add(_signal);
        _next = cell.Ring.Next;
        Volatile.Write(ref _cell, cell);
        if (history > 0 && reader.HasStore) _ = LoadAsync(history, reader);
    }

    private async Task LoadAsync(int count, HistoryReader reader)
    {
        var points = await reader.ReadLocatedAsync(Series, count, default).ConfigureAwait(false);
        if (points.Count == 0) return;
        Volatile.Write(ref _history, points);
        _signal?.Raise();
    }
}
