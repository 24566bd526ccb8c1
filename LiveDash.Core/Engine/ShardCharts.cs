using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>The charts and located points that are leased of one shard's series. Used by the shard's loop alone.</summary>
internal sealed class ShardCharts(EngineShard shard, ShardParts parts, SeriesStates states, PointTail tail)
{
    /// <summary>How far ahead of the clock a point is drawn: as far as one may come in by default.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    private readonly List<ChartCell> _dirtyCharts = [];
    private readonly List<LocatedCell> _dirtyLocated = [];
    private int _located;

    /// <summary>True while somebody looks at located points.</summary>
    public bool NeedsLocations => _located > 0;

    /// <summary>Adds a run of points to the charts.</summary>
    public void Add(SeriesState state, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        foreach (var chart in state.Charts)
        {
            chart.Columns.AddRange(times, values);
            if (chart.IsDirty) continue;
            chart.IsDirty = true;
            _dirtyCharts.Add(chart);
        }
    }

    /// <summary>Adds the located points of a run, where somebody looks at them.</summary>
    public void AddLocated(int local, PointBatch batch, int from, int to)
    {
        if (states.Find(local)?.Located is not { } located) return;
        for (var i = from; i < to; i++)
        {
            if (!double.IsNaN(batch.X[i])) located.Ring.Add(new LocatedPoint(batch.Times[i], batch.X[i], batch.Y[i]));
        }

        if (located.IsDirty) return;
        located.IsDirty = true;
        _dirtyLocated.Add(located);
    }

    /// <summary>Tells who leases what changed.</summary>
    public void Publish()
    {
        foreach (var chart in _dirtyCharts) chart.Listeners.Raise();
        foreach (var located in _dirtyLocated) located.Listeners.Raise();
        Unmark();
    }

    /// <summary>Takes everything as published.</summary>
    public void Unmark()
    {
        foreach (var chart in _dirtyCharts) chart.IsDirty = false;
        foreach (var located in _dirtyLocated) located.IsDirty = false;
        _dirtyCharts.Clear();
        _dirtyLocated.Clear();
    }

    /// <summary>Leases a chart for a reader.</summary>
    public ChartCell Lease(int series, long widthTicks, int columns, long now)
    {
        var state = states.GetOrAdd(series);
        var cell = state.Charts.Find(c => c.Columns.WidthTicks == widthTicks && c.Kept >= columns);
        if (cell is null)
        {
            cell = new ChartCell(widthTicks, columns);
            state.Charts.Add(cell);
            Load(series, cell, now);
        }

        cell.Leases++;
        return cell;
    }

    /// <summary>Reads the charts of a series anew from the store.</summary>
    public void Rebuild(SeriesState state, long now)
    {
        if (!parts.History.HasStore) return;
        foreach (var cell in state.Charts)
        {
            cell.Restart();
            Load(state.Series, cell, now);
            cell.Listeners.Raise();
        }
    }

    /// <summary>Gives a reader's chart back.</summary>
    public void Return(int series, ChartCell cell)
    {
        if (--cell.Leases > 0 || states.OfSeries(series) is not { } state) return;
        state.Charts.Remove(cell);
        states.Forget(state);
    }

    /// <summary>Leases the located points of a series for a reader.</summary>
    public LocatedCell LeaseLocated(int series)
    {
        var state = states.GetOrAdd(series);
        if (state.Located is null)
        {
            state.Located = new LocatedCell(parts.Options.LocatedCapacity);
            _located++;
        }

        state.Located.Leases++;
        return state.Located;
    }

    /// <summary>Gives a reader's located points back.</summary>
    public void ReturnLocated(int series)
    {
        if (states.OfSeries(series) is not { Located: { } cell } state || --cell.Leases > 0) return;
        state.Located = null;
        _located--;
        states.Forget(state);
    }

    private void Load(int series, ChartCell cell, long now)
    {
        var until = now + MaxAhead.Ticks;
        tail.Visit(series, (_, times, values) =>
        {
            for (var i = 0; i < times.Length; i++)
            {
                if (times[i] < until) cell.Columns.Add(times[i], values[i]);
            }
        });
        _ = LoadAsync(series, cell, states.Now(series, now) - ((cell.Kept + 1) * cell.Columns.WidthTicks), until);
    }

    private async Task LoadAsync(int series, ChartCell cell, long from, long until)
    {
        var columns = cell.Columns;
        var history = await parts.History.ReadChartAsync(series, from, until, columns.WidthTicks, cell.Kept, default).ConfigureAwait(false);
        shard.Post(_ =>
        {
            // One that was begun anew meanwhile has its own read.
            if (!ReferenceEquals(columns, cell.Columns)) return;
            if (history is not null) columns.Merge(history);
            cell.Ready.TrySetResult();
            cell.Listeners.Raise();
        });
    }
}
