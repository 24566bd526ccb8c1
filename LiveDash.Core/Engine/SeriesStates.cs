namespace LiveDash.Core.Engine;

/// <summary>What is leased of each of one shard's series. Used by the shard's loop alone. Bounded by the leases and the rules.</summary>
internal sealed class SeriesStates(int shards, SeriesRows rows)
{
    private readonly List<SeriesState> _active = [];
    private SeriesState?[] _states = [];

    /// <summary>Every series that something is leased of, in no order.</summary>
    public IReadOnlyList<SeriesState> Active => _active;

    /// <summary>The state of a series by the shard's own numbering; null where nothing is leased of it.</summary>
    public SeriesState? Find(int local) => local < _states.Length ? _states[local] : null;

    /// <summary>The state of a series; null where nothing is leased of it.</summary>
    public SeriesState? OfSeries(int series) => Find(Local(series));

    /// <summary>The state of a series, made where there is none.</summary>
    public SeriesState GetOrAdd(int series)
    {
        var local = Local(series);
        if (local >= _states.Length) Array.Resize(ref _states, Math.Max(local + 1, Math.Max(64, _states.Length * 2)));
        if (_states[local] is { } known) return known;
        var state = new SeriesState(series) { Place = _active.Count };
        _states[local] = state;
        _active.Add(state);
        return state;
    }

    /// <summary>Forgets a series that nothing is leased of any more.</summary>
    public void Forget(SeriesState state)
    {
        if (!state.IsUnused) return;
        _states[Local(state.Series)] = null;
        // The last takes its place: a rule that goes may let go of tens of thousands at once.
        var last = _active[^1];
        _active[state.Place] = last;
        last.Place = state.Place;
        _active.RemoveAt(_active.Count - 1);
    }

    /// <summary>
    /// The now of a series: the latest event time seen; where it lies behind the clock it runs on with the clock from the last arrival, so that windows
    /// of a quiet series drain and those of a source that lags do not lose its next points as late. Never beyond the clock by itself: a point more than a
    /// second ahead counts when its time has come.
    /// </summary>
    public long Now(int series, long wall)
    {
        if (!rows.TryRead(Local(series), out var row) || row.Clock == 0) return wall;
        return Math.Max(row.Clock, Math.Min(wall, row.Clock + Math.Max(0, wall - row.ArrivedAt)));
    }

    private int Local(int series) => (int)((uint)series / (uint)shards);
}
