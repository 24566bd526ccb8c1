namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Where every committed point is: sealed block or memory. The writer changes it after each commit; readers take snapshots.
/// All members are thread-safe by one lock that is never held over I/O.
/// </summary>
internal sealed class StoreIndex
{
    private readonly Lock _gate = new();
    private SeriesState?[] _series = new SeriesState?[64];
    private long _points;
    private long _headPoints;
    private long _lastId;

    /// <summary>How many points are kept.</summary>
    public long Points => Interlocked.Read(ref _points);

    /// <summary>How many of them are in memory only as log rows.</summary>
    public long HeadPoints => Interlocked.Read(ref _headPoints);

    /// <summary>The id of the newest committed point; 0 when there was none yet.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    /// <summary>Forgets everything, when another file is opened.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _series = new SeriesState?[64];
            _points = _headPoints = _lastId = 0;
        }
    }

    /// <summary>Sets the id of the newest point that ever was, which may be deleted since.</summary>
    public void RaiseLastId(long id)
    {
        lock (_gate) _lastId = Math.Max(_lastId, id);
    }

    /// <summary>Adds a commit's points; ids ascend by one from the first.</summary>
    public void Append(PointGroup group, long firstId)
    {
        lock (_gate)
        {
            for (var i = 0; i < group.Count; i++)
            {
                var state = State_NeedsLock(group.Series[i]);
                state.Note(group.Times[i]);
                (state.Head ??= new PointColumns()).Add(
                    group.Times[i], firstId + i, group.Values[i], group.X is null ? double.NaN : group.X[i],
                    group.Y is null ? double.NaN : group.Y[i], group.Senders is null ? 0 : group.Senders[i]);
            }

            _lastId = Math.Max(_lastId, firstId + group.Count - 1);
            _points += group.Count;
            _headPoints += group.Count;
        }
    }

    /// <summary>The last event time of a series, <see cref="long.MinValue"/> when it has no point.</summary>
    public long Last(int series)
    {
        lock (_gate) return series < _series.Length && _series[series] is { } state ? state.Last : long.MinValue;
    }

    /// <summary>Some series as they are now, all of one moment, and the newest id of that moment.</summary>
    public (List<SeriesSnapshot> Series, long LastId) Snapshot(IReadOnlyList<int> series)
    {
        var result = new List<SeriesSnapshot>(series.Count);
        lock (_gate)
        {
            foreach (var one in series)
            {
                if (one >= 0 && one < _series.Length && _series[one] is { Count: > 0 } state)
                {
                    result.Add(new SeriesSnapshot(one, state.Blocks, state.Head?.View));
                }
            }

            return (result, _lastId);
        }
    }

    /// <summary>Count, first and last of every series that has points.</summary>
    public IReadOnlyList<SeriesStats> Stats()
    {
        var result = new List<SeriesStats>();
        lock (_gate)
        {
            for (var i = 0; i < _series.Length; i++)
            {
                if (_series[i] is { Count: > 0 } state) result.Add(new SeriesStats(i, state.Count, state.First, state.Last));
            }
        }

        return result;
    }

    private SeriesState State_NeedsLock(int series)
    {
        if (series >= _series.Length) Array.Resize(ref _series, Math.Max(series + 1, _series.Length * 2));
        return _series[series] ??= new SeriesState();
    }
}
