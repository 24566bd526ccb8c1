using System.Collections.Concurrent;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Engine;

/// <summary>
/// The windows that are leased or judged of one shard's series. Used by the shard's loop alone.
/// A window that is new reads its history first: what arrives meanwhile waits in it, and the two are joined without a gap or a repeat.
/// </summary>
internal sealed partial class ShardWindows(EngineShard shard, ShardParts parts, SeriesStates states, PointTail tail, IDetectorSource detectors) : IWindowSource, IDetectorSource
{
    /// <summary>How many points may wait for a history; past it the window goes live with what it has.</summary>
    private const int MaxPending = 4_000_000;

    private readonly List<(SeriesState State, SeriesLog Log)> _dirtyLogs = [];
    private readonly LingeringWindows _lingering = new();
    private long _now;
    private int _pending;
    private long _bytes;

    /// <summary>The series whose very first point is being handled; -1 for none.</summary>
    public int Begins { get; set; } = -1;

    /// <summary>How many windows there are.</summary>
    public int Count { get; private set; }

    /// <summary>About how many bytes the points of all windows take, as of the last tick.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>True while it matters which batch a point came in, because a window waits for its history.</summary>
    public bool NeedsBatches => _pending > 0;

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

    /// <summary>Adds a point to the windows.</summary>
    public static void Add(List<SeriesLog> logs, long ticks, double value)
    {
        foreach (var log in logs)
        {
            if (log.IsLive) log.Points.Add(ticks, value);
        }
    }

    /// <summary>Takes note of a run of points that the windows hold now.</summary>
    public void Note(SeriesState state, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        foreach (var log in state.Logs)
        {
            log.Pending?.Add(batch, times, values, shard.Limit);
            Noted(state, log);
        }
    }

    /// <summary>Takes note of all points of a series in a group of batches, of which the windows hold those now that are live.</summary>
    public void Note(SeriesState state, List<PointBatch> group)
    {
        foreach (var log in state.Logs)
        {
            // A window may have begun to wait within the group: each point waits under the batch it came in.
            if (log.Pending is { } pending) PointTail.Visit(group, state.Series, (batch, times, values) => pending.Add(batch, times, values, shard.Limit));
            Noted(state, log);
        }
    }

    /// <summary>Takes note of a point that was ahead of the clock and that the windows hold now.</summary>
    public void Note(SeriesState state, long time, double value)
    {
        foreach (var log in state.Logs)
        {
            log.Pending?.Add(time, value);
            Noted(state, log);
        }
    }

    /// <summary>Moves every window on to its series' now.</summary>
    public void Advance(long now)
    {
        var bytes = 0L;
        foreach (var state in states.Active)
        {
            var seriesNow = states.Now(state.Series, now);
            foreach (var log in state.Logs)
            {
                bytes += log.Points.Bytes;
                log.Points.AdvanceTo(seriesNow);
                if (log.Leases > 0) MarkDirty(state, log);
            }
        }

        Volatile.Write(ref _bytes, bytes);
        _lingering.Sweep(now, Drop);
    }

    /// <summary>Publishes what changed and tells who leases it.</summary>
    public void Publish(long now)
    {
        _now = now;
        foreach (var (state, log) in _dirtyLogs)
        {
            var seriesNow = states.Now(state.Series, now);
            foreach (var cell in log.Cells)
            {
                if (cell.Leases > 0 && !cell.IsWaiting && cell.Publish(seriesNow)) cell.Listeners.Raise();
            }
        }

        Unmark();
    }

    /// <summary>Takes everything as published.</summary>
    public void Unmark()
    {
        foreach (var (_, log) in _dirtyLogs) log.IsDirty = false;
        _dirtyLogs.Clear();
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
    /// <param name="request">What it was for.</param>
    /// <param name="cell">Its window.</param>
    /// <param name="lingers">Whether the reader may soon ask again: then the window stays for a while, where it is small.</param>
    /// <param name="now">The wall clock, in UTC ticks.</param>
    public void Return(WindowRequest request, WindowCell cell, bool lingers, long now)
    {
        if (LogOf(request) is not { } log) return;
        cell.Leases--;
        log.Leases--;
        if (!lingers || !_lingering.Keep(request, cell, now)) Drop(request);
    }

    /// <summary>Brings one window up to now and publishes it: what a reader that asks once wants to see.</summary>
    public void Refresh(WindowRequest request, WindowCell cell, long now)
    {
        if (cell.IsWaiting || cell.IsDropped) return;
        var seriesNow  = states.Now(request.Series, now);
        LogOf(request)?.Points.AdvanceTo(seriesNow);
        if (cell.Publish(seriesNow)) cell.Listeners.Raise();
    }

    /// <summary>Gives the windows that the judge holds the lateness that their series has now; what they show stays.</summary>
    public void FollowLateness()
    {
        // From the end, because a state may be taken off the list and the last put in its place.
        for (var i = states.Active.Count - 1; i >= 0; i--)
        {
            var state = states.Active[i];
            var lateness = LatenessOf(state.Series);
            foreach (var log in state.Logs.FindAll(log => log.Lateness != lateness))
            {
                foreach (var cell in log.Cells.FindAll(static cell => cell.Judged > 0)) Move(state, log, cell, LogOf(state, lateness));
            }

            Drop(state, static _ => true);
        }
    }

    /// <summary>Adds what tells that a window of the judge has its past, of each that waits for it.</summary>
    public void CollectWaiting(ConcurrentQueue<Task> into)
    {
        if (_pending == 0) return;
        foreach (var state in states.Active)
        {
            foreach (var log in state.Logs)
            {
                foreach (var cell in log.Cells)
                {
                    if (cell is { Judged: > 0, IsWaiting: true }) into.Enqueue(cell.Ready.Task);
                }
            }
        }
    }

    /// <inheritdoc/>
    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        var (_, cell) = FindOrAdd(new WindowRequest(series, spec, needs, LatenessOf(series)), _now);
        cell.Judged++;
        return cell.Window;
    }

    /// <inheritdoc/>
    public void Release(int series, WindowSpec spec)
    {
        if (states.OfSeries(series) is not { } state) return;
        // The judge does not say which of several variants it gives back, so they are all kept until it has given back all.
        var held = state.Logs.Select(log => log.Cells.Find(c => c.Judged > 0 && c.Spec.Equals(spec))).FirstOrDefault(static cell => cell is not null);
        if (held is null) return;
        held.Judged--;
        DropUnused(series, spec);
    }

    /// <inheritdoc/>
    public SeriesDetector AcquireDetector(int series) => detectors.AcquireDetector(series);

    /// <inheritdoc/>
    public void ReleaseDetector(int series) => detectors.ReleaseDetector(series);

    /// <inheritdoc/>
    public SeriesForecast AcquireForecast(int series, TimeSpan horizon) => detectors.AcquireForecast(series, horizon);

    /// <inheritdoc/>
    public void ReleaseForecast(int series, SeriesForecast forecast) => detectors.ReleaseForecast(series, forecast);

    private (SeriesLog Log, WindowCell Cell) FindOrAdd(WindowRequest request, long now)
    {
        var state = states.GetOrAdd(request.Series);
        var log = LogOf(state, request.Lateness);
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
        var pending = new PendingPoints(shard.Limit);
        (log.Pending, log.Loading) = (pending, widest);
        _pending++;
        tail.Visit(state.Series, (batch, times, values) => pending.Add(batch, times, values, pending.Limit));
        _ = LoadAsync(state, log, pending, HistoryNeed.Of(widest.Spec, log.Lateness, states.Now(state.Series, now)));
    }

    private async Task LoadAsync(SeriesState state, SeriesLog log, PendingPoints pending, HistoryNeed need)
    {
        var stored = await parts.History.ReadAsync(state.Series, need, pending.Limit, default).ConfigureAwait(false);
        if (shard.Post(wall => GoLive(state, log, pending, stored, wall))) return;
        // The engine has stopped: nobody changes the list any more.
        foreach (var cell in log.Cells) cell.Ready.TrySetCanceled();
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

        var now = states.Now(state.Series, wall);
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

    private void Noted(SeriesState state, SeriesLog log)
    {
        if (log.Pending is { Count: > MaxPending } pending) GoLive(state, log, pending, new StoredPoints(), _now);
        if (log.Leases > 0) MarkDirty(state, log);
    }

    private void MarkDirty(SeriesState state, SeriesLog log)
    {
        if (log.IsDirty) return;
        log.IsDirty = true;
        _dirtyLogs.Add((state, log));
    }

    private SeriesLog? LogOf(WindowRequest request) => states.OfSeries(request.Series)?.Logs.Find(log => log.Lateness == request.Lateness);

    private SeriesLog LogOf(SeriesState state, TimeSpan lateness)
    {
        if (state.Logs.Find(known => known.Lateness == lateness) is { } log) return log;
        log = new SeriesLog(lateness);
        state.Logs.Add(log);
        if (state.Series == Begins && Begins >= parts.History.FirstUnstored) log.Points.TellWholeSince(0);
        return log;
    }

    private TimeSpan LatenessOf(int series) => parts.Lateness?.Of(series) ?? WindowOptions.Default.AllowedLateness;

    private void Move(SeriesState state, SeriesLog from, WindowCell cell, SeriesLog to)
    {
        var window = cell.Part(cell.IsWaiting ? null : from.Points);
        var moved = new WindowCell(new WindowRequest(state.Series, cell.Spec, cell.Needs, to.Lateness), cell.IsWaiting ? null : to.Points, window)
        {
            Judged = cell.Judged,
        };
        cell.Judged = 0;
        to.Cells.Add(moved);
        Count++;
        if (moved.IsWaiting)
        {
            if (to.Pending is null) BeginLoad(state, to, moved, _now);
            return;
        }

        to.Points.Adopt(window, from.Points);
        moved.Ready.TrySetResult();
    }

    private void Drop(WindowRequest request) => DropUnused(request.Series, request.Spec);

    private void DropUnused(int series, WindowSpec spec)
    {
        if (states.OfSeries(series) is not { } state) return;
        if (state.Logs.Exists(log => log.Cells.Exists(c => c.Judged > 0 && c.Spec.Equals(spec)))) return;
        Drop(state, cell => cell.Spec.Equals(spec));
    }

    private void Drop(SeriesState state, Predicate<WindowCell> which)
    {
        foreach (var log in state.Logs)
        {
            Count -= log.Cells.RemoveAll(cell =>
            {
                if (cell.Leases > 0 || cell.Judged > 0 || !which(cell) || _lingering.Holds(cell)) return false;
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
        states.Forget(state);
    }
}
