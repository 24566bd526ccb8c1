using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>The charts and located points that are leased of one shard's series. Used by the shard's loop alone.</summary>
internal sealed class ShardCharts(EngineShard shard, ShardParts parts, SeriesStates states, PointTail tail)
{
    /// <summary>How many points may wait for a chart's history.</summary>
    private const int MaxPending = 1_000_000;

    private readonly List<ChartCell> _dirtyCharts = [];
    private readonly List<LocatedCell> _dirtyLocated = [];
    private int _located;

    /// <summary>True while somebody looks at located points.</summary>
    public bool NeedsLocations => _located > 0;

    /// <summary>Adds a run of points to the charts: of a batch, or without one all points of the series that are in the group.</summary>
    public void Add(SeriesState state, PointBatch? batch, List<PointBatch> group, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        foreach (var chart in state.Charts)
        {
            chart.Columns.AddRange(times, values);
            if (chart.Pending is { } pending) Wait(chart, pending, state.Series, batch, group, times, values);
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
            cell = new ChartCell(widthTicks, columns) { Pending = new PendingPoints() };
            state.Charts.Add(cell);
            tail.Visit(series, (batch, times, values) =>
            {
                cell.Columns.AddRange(times, values);
                cell.Pending.Add(batch, times, values);
            });
            _ = LoadAsync(series, cell, states.Now(series, now) - ((columns + 1) * widthTicks));
        }

        cell.Leases++;
        return cell;
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

    private static void Wait(
        ChartCell chart, PendingPoints pending, int series, PointBatch? batch, List<PointBatch> group, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (batch is not null) pending.Add(batch, times, values);
        else PointTail.Visit(group, series, pending.Add);
        // The chart goes on with what it has; its past is lost until it is opened anew.
        if (pending.Count > MaxPending) chart.Pending = null;
    }

    private async Task LoadAsync(int series, ChartCell cell, long from)
    {
        var history = await parts.History.ReadChartAsync(series, from, cell.Columns.WidthTicks, cell.Kept, default).ConfigureAwait(false);
        shard.Post(_ =>
        {
            if (history is var (columns, newestId) && cell.Pending is { } pending)
            {
                // Every point once: what the scan showed, and of what came meanwhile the rest.
                var fresh = pending.Since(newestId);
                columns.AddRange(fresh.Times, fresh.Values);
                cell.Columns.TakeOver(columns);
            }

            cell.Pending = null;
            cell.Ready.TrySetResult();
            cell.Listeners.Raise();
        });
    }
}
