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
    private readonly List<(SeriesState State, SeriesLog Log)> _dirtyLogs = [];
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
    public static void Add(SeriesState state, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        foreach (var log in state.Logs)
        {
            if (!log.IsLive) continue;
            if (times.Length == 1) log.Points.Add(times[0], values[0]);
            else log.Points.AddRange(times, values);
        }
    }

    /// <summary>Takes note of a run of points that the windows hold now.</summary>
    public void Note(SeriesState state, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        foreach (var log in state.Logs)
        {
            if (log.Pending is { } pending)
            {
                pending.Add(batch, times, values);
                if (pending.Count > MaxPending) GoLive(state, log, pending, new StoredPoints(), _now);
            }

            if (log.Leases > 0) MarkDirty(state, log);
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
            foreach (var log in state.Logs)
            {
                log.Points.AdvanceTo(seriesNow);
                if (log.Leases > 0) MarkDirty(state, log);
            }
        }
    }

    /// <summary>Publishes what changed and tells who leases it.</summary>
    public void Publish(long now)
    {
        _now = now;
        foreach (var (state, log) in _dirtyLogs)
        {
            var seriesNow = Now(state.Series, now);
            foreach (var cell in log.Cells)
            {
                if (cell.Leases > 0 && !cell.IsWaiting && cell.Publish(seriesNow)) cell.Listeners.Raise();
            }
        }

        foreach (var chart in _dirtyCharts) chart.Listeners.Raise();
        foreach (var located in _dirtyLocated) located.Listeners.Raise();
        Unmark();
    }

    /// <summary>Takes everything as published.</summary>
    public void Unmark()
    {
        foreach (var (_, log) in _dirtyLogs) log.IsDirty = false;
        foreach (var chart in _dirtyCharts) chart.IsDirty = false;
        foreach (var located in _dirtyLocated) located.IsDirty = false;
        _dirtyLogs.Clear();
        _dirtyCharts.Clear();
        _dirtyLocated.Clear();
    }

    /// <summary>Leases a window for a reader.</summary>
    public WindowCell Lease(WindowRequest request, long now)
    {
        var (log, cell) = FindOrAdd(request, now);
        cell.Leases++;
        log.Leases++;
        Refresh(request, cell, now);
        return cell;
    }

    /// <summary>Gives a reader's lease back.</summary>
    public void Return(WindowRequest request, WindowCell cell)
    {
        if (LogOf(request) is not { } log) return;
        cell.Leases--;
        log.Leases--;
        DropUnused(request.Series, request.Spec);
    }

    /// <summary>Brings one window up to now and publishes it: what a reader that asks once wants to see.</summary>
    public void Refresh(WindowRequest request, WindowCell cell, long now)
    {
        if (cell.IsWaiting || cell.IsDropped) return;
        var seriesNow = Now(request.Series, now);
        LogOf(request)?.Points.AdvanceTo(seriesNow);
        if (cell.Publish(seriesNow)) cell.Listeners.Raise();
    }

    /// <inheritdoc/>
    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        var (_, cell) = FindOrAdd(new WindowRequest(series, spec, needs, WindowOptions.Default.AllowedLateness), _now);
        cell.Judged++;
        return cell.Window;
    }

    /// <inheritdoc/>
    public void Release(int series, WindowSpec spec)
    {
        if (Find(Local(series)) is not { } state) return;
        // The judge does not say which of several variants it gives back, so they are all kept until it has given back all.
        var held = state.Logs.Select(log => log.Cells.Find(c => c.Judged > 0 && c.Spec.Equals(spec))).FirstOrDefault(static cell => cell is not null);
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

    private (SeriesLog Log, WindowCell Cell) FindOrAdd(WindowRequest request, long now)
    {
        var state = StateOf(request.Series);
        var log = state.Logs.Find(known => known.Lateness == request.Lateness);
        if (log is null)
        {
            log = new SeriesLog(request.Lateness);
            state.Logs.Add(log);
            if (request.Series == Begins && Begins >= parts.History.FirstUnstored) log.Points.TellWholeSince(0);
        }

        if (log.Cells.Find(c => c.Covers(request)) is { } known) return (log, known);
        var needsPast = parts.History.HasStore && !log.Covers(request.Spec);
        var cell = new WindowCell(request, needsPast ? null : log.Points);
        log.Cells.Add(cell);
        Count++;
        if (!needsPast) cell.Ready.TrySetResult();
        else if (log.Pending is null) BeginLoad(state, log, cell, now);
        return (log, cell);
    }

    // One read at a time: the widest window that waits decides how far back it goes, and whatever it serves goes live with it.
    private void BeginLoad(SeriesState state, SeriesLog log, WindowCell widest, long now)
    {
        var pending = new PendingPoints();
        (log.Pending, log.Loading) = (pending, widest);
        _pending++;
        tail.Visit(state.Series, pending.Add);
        _ = LoadAsync(state, log, pending, HistoryNeed.Of(widest.Spec, log.Lateness, Now(state.Series, now)));
    }

    private async Task LoadAsync(SeriesState state, SeriesLog log, PendingPoints pending, HistoryNeed need)
    {
        var stored = await parts.History.ReadAsync(state.Series, need, default).ConfigureAwait(false);
        if (shard.Post(wall => GoLive(state, log, pending, stored, wall))) return;
        // The engine has stopped: nobody changes the list any more.
        foreach (var cell in log.Cells) cell.Ready.TrySetCanceled();
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

    private void GoLive(SeriesState state, SeriesLog log, PendingPoints pending, StoredPoints stored, long wall)
    {
        var widest = log.Loading!;
        if (!EndLoad(log, pending)) return;
        var joined = pending.JoinTo(stored);
        var wasLive = log.IsLive;
        var isRead = stored.WholeSince != long.MaxValue;
        if (stored.First is { } since) log.Points.TellKnownSince(since);
        // Before the points, so that what it needs of them is not dropped at once.
        Adopt(log, widest);
        if (isRead) log.Points.Reload(joined.Times, joined.Values, stored.WholeSince);
        else if (!wasLive) log.Points.AddRange(joined.Times, joined.Values);
        foreach (var cell in log.Cells)
        {
            // Without the store all go live with what there is.
            if (cell.IsWaiting && (!isRead || log.Covers(cell.Spec))) Adopt(log, cell);
        }

        var now = Now(state.Series, wall);
        log.Points.AdvanceTo(now);
        foreach (var cell in log.Cells)
        {
            if (cell.IsWaiting || cell.Ready.Task.IsCompleted) continue;
            cell.Publish(now);
            cell.Ready.TrySetResult();
            cell.Listeners.Raise();
        }

        if (log.Leases > 0) MarkDirty(state, log);
        if (log.NextWaiting() is { } next) BeginLoad(state, log, next, wall);
    }

    private static void Adopt(SeriesLog log, WindowCell cell)
    {
        log.Points.Adopt(cell.Window);
        cell.IsWaiting = false;
    }

    private bool EndLoad(SeriesLog log, PendingPoints? pending)
    {
        if (pending is null || !ReferenceEquals(log.Pending, pending)) return false;
        (log.Pending, log.Loading) = (null, null);
        _pending--;
        return true;
    }

    private void MarkDirty(SeriesState state, SeriesLog log)
    {
        if (log.IsDirty) return;
        log.IsDirty = true;
        _dirtyLogs.Add((state, log));
    }

    private SeriesLog? LogOf(WindowRequest request) => Find(Local(request.Series))?.Logs.Find(log => log.Lateness == request.Lateness);

    private void DropUnused(int series, WindowSpec spec)
    {
        if (Find(Local(series)) is not { } state) return;
        if (state.Logs.Exists(log => log.Cells.Exists(c => c.Judged > 0 && c.Spec.Equals(spec)))) return;
        foreach (var log in state.Logs)
        {
            Count -= log.Cells.RemoveAll(cell =>
            {
                if (cell.Leases > 0 || !cell.Spec.Equals(spec)) return false;
                cell.IsDropped = true;
                cell.Ready.TrySetCanceled();
                if (!cell.IsWaiting) log.Points.Detach(cell.Window);
                return true;
            });
            // What is being read for a window that is gone is of no use; others that wait have their own read.
            if (log.Loading is not { IsDropped: true } || !EndLoad(log, log.Pending) || log.NextWaiting() is not { } next) continue;
            BeginLoad(state, log, next, _now);
        }

        state.Logs.RemoveAll(static log => log.Cells.Count == 0);
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
