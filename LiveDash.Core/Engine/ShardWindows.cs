using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Engine;

/// <summary>
/// The windows, charts and located points that are leased of one shard's series. Used by the shard's loop alone.
/// A window that is new reads its history first: what arrives meanwhile waits in it, and the two are joined without a gap or a repeat.
/// </summary>
internal sealed class ShardWindows(EngineShard shard, ShardParts parts, SeriesRows rows, PointTail tail) : IWindowSource
{
    /// <summary>How many points may wait for a history; past it the window goes live with what it has.</summary>
    private const int MaxPending = 4_000_000;

    private readonly List<SeriesState> _active = [];
    private readonly List<(SeriesState State, WindowCell Cell)> _dirtyWindows = [];
    private readonly List<ChartCell> _dirtyCharts = [];
    private readonly List<LocatedCell> _dirtyLocated = [];
    private SeriesState?[] _states = [];
    private long _now;
    private int _pending;
    private int _located;

    /// <summary>The series whose very first point is being handled; -1 for none.</summary>
    public int Begins { get; set; } = -1;

    /// <summary>How many windows there are.</summary>
    public int Count { get; private set; }

    /// <summary>True while it matters which batch a point came in, because a window waits for its history.</summary>
    public bool NeedsBatches => _pending > 0;

    /// <summary>True while somebody looks at located points.</summary>
    public bool NeedsLocations => _located > 0;

    public SeriesState? Find(int local) => local < _states.Length ? _states[local] : null;

    /// <summary>Adds a run of points to the windows.</summary>
    public void Add(SeriesState state, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var windows = state.Windows;
        for (var i = 0; i < windows.Count; i++)
        {
            var cell = windows[i];
            if (cell.Pending is not null) Defer(state, cell, batch, times, values);
            else if (times.Length == 1) cell.Window.Add(times[0], values[0]);
            else cell.Window.AddRange(times, values);
            if (cell.Leases > 0) MarkDirty(state, cell);
        }
    }

    /// <summary>Adds a run of points to the charts.</summary>
    public void AddToCharts(SeriesState state, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
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
        if (Find(local)?.Located is not { } located) return;
        for (var i = from; i < to; i++)
        {
            if (!double.IsNaN(batch.X[i])) located.Ring.Add(new LocatedPoint(batch.Times[i], batch.X[i], batch.Y[i]));
        }

        if (located.IsDirty) return;
        located.IsDirty = true;
        _dirtyLocated.Add(located);
    }

    /// <summary>Moves every window on to its series' now.</summary>
    public void Advance(long now)
    {
        foreach (var state in _active)
        {
            var seriesNow = Now(state.Series, now);
            foreach (var cell in state.Windows)
            {
                if (cell.Pending is not null) continue;
                cell.Window.AdvanceTo(seriesNow);
                if (cell.Leases > 0) MarkDirty(state, cell);
            }
        }
    }

    /// <summary>Publishes what changed and tells who leases it.</summary>
    public void Publish(long now)
    {
        _now = now;
        foreach (var (state, cell) in _dirtyWindows)
        {
            if (cell.Pending is null && cell.Publish(Now(state.Series, now))) cell.Listeners.Raise();
        }

        foreach (var chart in _dirtyCharts) chart.Listeners.Raise();
        foreach (var located in _dirtyLocated) located.Listeners.Raise();
        Unmark();
    }

    /// <summary>Takes everything as published.</summary>
    public void Unmark()
    {
        foreach (var (_, cell) in _dirtyWindows) cell.IsDirty = false;
        foreach (var chart in _dirtyCharts) chart.IsDirty = false;
        foreach (var located in _dirtyLocated) located.IsDirty = false;
        _dirtyWindows.Clear();
        _dirtyCharts.Clear();
        _dirtyLocated.Clear();
    }

    /// <summary>Leases a window for a reader.</summary>
    public WindowCell Lease(WindowRequest request, long now)
    {
        var cell = FindOrAdd(request, now);
        cell.Leases++;
        Refresh(request.Series, cell, now);
        return cell;
    }

    /// <summary>Gives a reader's lease back.</summary>
    public void Return(int series, WindowCell cell)
    {
        cell.Leases--;
        DropUnused(series, cell.Spec);
    }

    /// <summary>Brings one window up to now and publishes it: what a reader that asks once wants to see.</summary>
    public void Refresh(int series, WindowCell cell, long now)
    {
        if (cell.Pending is not null || cell.IsDropped) return;
        var seriesNow = Now(series, now);
        cell.Window.AdvanceTo(seriesNow);
        if (cell.Publish(seriesNow)) cell.Listeners.Raise();
    }

    /// <inheritdoc/>
    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        var cell = FindOrAdd(new WindowRequest(series, spec, needs, WindowOptions.Default.AllowedLateness), _now);
        cell.Judged++;
        return cell.Window;
    }

    /// <inheritdoc/>
    public void Release(int series, WindowSpec spec)
    {
        if (Find(Local(series)) is not { } state) return;
        // The judge does not say which of several variants it gives back, so they are all kept until it has given back all.
        var held = state.Windows.Find(c => c.Judged > 0 && c.Spec.Equals(spec));
        if (held is null) return;
        held.Judged--;
        DropUnused(series, spec);
    }

    /// <summary>Leases a chart for a reader.</summary>
    public ChartCell LeaseChart(int series, long widthTicks, int columns, long now)
    {
        var state = StateOf(series);
        var cell = state.Charts.Find(c => c.Columns.WidthTicks == widthTicks && c.Kept >= columns);
        if (cell is null)
        {
            cell = new ChartCell(widthTicks, columns);
            state.Charts.Add(cell);
            tail.Visit(series, (_, times, values) => cell.Columns.AddRange(times, values));
            _ = LoadAsync(series, cell, Now(series, now) - ((columns + 1) * widthTicks));
        }

        cell.Leases++;
        return cell;
    }

    /// <summary>Gives a reader's chart back.</summary>
    public void ReturnChart(int series, ChartCell cell)
    {
        if (--cell.Leases > 0 || Find(Local(series)) is not { } state) return;
        state.Charts.Remove(cell);
        Forget(state);
    }

    /// <summary>Leases the located points of a series for a reader.</summary>
    public LocatedCell LeaseLocated(int series)
    {
        var state = StateOf(series);
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
        if (Find(Local(series)) is not { Located: { } cell } state || --cell.Leases > 0) return;
        state.Located = null;
        _located--;
        Forget(state);
    }

    /// <summary>
    /// The now of a series: the latest event time seen; where it lies behind the clock it runs on with the clock from the last arrival, so that windows
    /// of a quiet series drain and those of a source that lags do not lose its next points as late. Never beyond the clock by itself.
    /// </summary>
    public long Now(int series, long wall)
    {
        if (!rows.TryRead(Local(series), out var row)) return wall;
        return Math.Max(row.Time, Math.Min(wall, row.Time + Math.Max(0, wall - row.ArrivedAt)));
    }

    private WindowCell FindOrAdd(WindowRequest request, long now)
    {
        var state = StateOf(request.Series);
        var cell = state.Windows.Find(c => c.Covers(request));
        if (cell is not null) return cell;
        cell = new WindowCell(request);
        state.Windows.Add(cell);
        Count++;
        if (!parts.History.HasStore || (request.Series == Begins && Begins >= parts.History.FirstUnstored))
        {
            cell.Ready.TrySetResult();
            return cell;
        }

        cell.Pending = new PendingPoints();
        _pending++;
        tail.Visit(request.Series, cell.Pending.Add);
        _ = LoadAsync(state, cell, Now(request.Series, now));
        return cell;
    }

    private async Task LoadAsync(SeriesState state, WindowCell cell, long now)
    {
        var stored = await parts.History.ReadAsync(state.Series, HistoryNeed.Of(cell.Spec, cell.Lateness, now), default).ConfigureAwait(false);
        if (!shard.Post(wall => GoLive(state, cell, stored, wall))) cell.Ready.TrySetCanceled();
    }

    private async Task LoadAsync(int series, ChartCell cell, long from)
    {
        var history = await parts.History.ReadChartAsync(series, from, cell.Columns.WidthTicks, cell.Kept, default).ConfigureAwait(false);
        shard.Post(_ =>
        {
            if (history is not null) cell.Columns.Merge(history);
            cell.Ready.TrySetResult();
            cell.Listeners.Raise();
        });
    }

    private void GoLive(SeriesState state, WindowCell cell, StoredPoints stored, long wall)
    {
        if (cell.Pending is not { } pending) return;
        cell.Pending = null;
        _pending--;
        if (cell.IsDropped) return;
        var joined = pending.JoinTo(stored);
        if (stored.First is { } since) cell.Window.TellKnownSince(since);
        cell.Window.AddRange(joined.Times, joined.Values);
        var now = Now(state.Series, wall);
        cell.Window.AdvanceTo(now);
        cell.Publish(now);
        cell.Ready.TrySetResult();
        cell.Listeners.Raise();
    }

    private void Defer(SeriesState state, WindowCell cell, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        cell.Pending!.Add(batch, times, values);
        if (cell.Pending.Count > MaxPending) GoLive(state, cell, new StoredPoints(), _now);
    }

    private void MarkDirty(SeriesState state, WindowCell cell)
    {
        if (cell.IsDirty) return;
        cell.IsDirty = true;
        _dirtyWindows.Add((state, cell));
    }

    private void DropUnused(int series, WindowSpec spec)
    {
        if (Find(Local(series)) is not { } state) return;
        if (state.Windows.Exists(c => c.Judged > 0 && c.Spec.Equals(spec))) return;
        Count -= state.Windows.RemoveAll(c =>
        {
            if (c.Leases > 0 || !c.Spec.Equals(spec)) return false;
            c.IsDropped = true;
            c.Ready.TrySetCanceled();
            return true;
        });
        Forget(state);
    }

    private SeriesState StateOf(int series)
    {
        var local = Local(series);
        if (local >= _states.Length) Array.Resize(ref _states, Math.Max(local + 1, Math.Max(64, _states.Length * 2)));
        if (_states[local] is { } known) return known;
        var state = new SeriesState(series);
        _states[local] = state;
        _active.Add(state);
        return state;
    }

    private void Forget(SeriesState state)
    {
        if (!state.IsUnused) return;
        _states[Local(state.Series)] = null;
        _active.Remove(state);
    }

    private int Local(int series) => (int)((uint)series / (uint)parts.Shards);
}
