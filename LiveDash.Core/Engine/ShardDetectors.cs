using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>
/// The anomaly detectors of one shard's series: one a series, while a rule or a reader needs it. Used by the shard's loop alone. One that is new learns from
/// the store first, streamed through it: what arrives meanwhile waits, and the two are joined without a gap or a repeat.
/// </summary>
internal sealed class ShardDetectors(EngineShard shard, ShardParts parts, SeriesStates states, PointTail tail) : IDetectorSource
{
    /// <summary>So many bars of the past teach a detector: what is older has faded from one that has run all the time.</summary>
    public const int PastBars = 20_000;

    /// <summary>How many points may wait for a history; past it the detector begins with what it has.</summary>
    private const int MaxPending = 1_000_000;

    private static readonly long LeastBar = 5 * TimeSpan.TicksPerMinute;
    private int _pending;

    /// <summary>True while it matters which batch a point came in, because a detector waits for its history.</summary>
    public bool NeedsBatches => _pending > 0;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public SeriesDetector AcquireDetector(int series)
    {
        var cell = FindOrAdd(series);
        cell.Judged++;
        return cell.Held;
    }

    /// <inheritdoc/>
    public void ReleaseDetector(int series)
    {
        if (states.OfSeries(series) is not { Detector: { } cell } state) return;
        cell.Judged--;
        DropUnused(state);
    }

    /// <inheritdoc/>
    public SeriesForecast AcquireForecast(int series, TimeSpan horizon)
    {
        var cell = FindOrAdd(series);
        cell.Judged++;
        return ForecastOf(series, cell, horizon);
    }

    /// <inheritdoc/>
    public void ReleaseForecast(int series, SeriesForecast forecast)
    {
        if (states.OfSeries(series)?.Detector is { } cell) Unuse(cell, forecast);
        ReleaseDetector(series);
    }

    /// <summary>Gives a reader's forecast back, not its lease.</summary>
    public static void Unuse(DetectorCell cell, SeriesForecast forecast)
    {
        if (--forecast.Uses == 0) cell.Forecasts = [.. cell.Forecasts.Where(one => one != forecast)];
    }

    /// <summary>The forecast of a cell at a horizon, for one more holder.</summary>
    public SeriesForecast ForecastOf(int series, DetectorCell cell, TimeSpan horizon)
    {
        if (Array.Find(cell.Forecasts, one => one.Horizon == horizon) is not { } forecast)
        {
            forecast = new SeriesForecast(horizon);
            cell.Forecasts = [.. cell.Forecasts, forecast];
            // It learns from the bars of the past, which nobody keeps: they are judged anew.
            Begin(states.OfSeries(series)!, cell);
        }

        forecast.Uses++;
        return forecast;
    }

    /// <summary>Leases a detector for a reader.</summary>
    /// <param name="series">The series.</param>
    /// <param name="width">How long the columns of its trace are, in ticks; 0 for no trace.</param>
    /// <param name="columns">How many columns it has.</param>
    public (DetectorCell Cell, AnomalyTrace? Trace) Lease(int series, long width, int columns)
    {
        var cell = FindOrAdd(series);
        cell.Leases++;
        cell.Publish();
        if (width == 0) return (cell, null);
        if (Array.Find(cell.Traces, one => one.WidthTicks == width && one.Columns == columns) is not { } trace)
        {
            // What was judged before is not kept: it is judged anew, from the same points and so with the same result.
            trace = new AnomalyTrace(width, columns);
            cell.Traces = [.. cell.Traces, trace];
            Begin(states.OfSeries(series)!, cell);
        }

        trace.Uses++;
        return (cell, trace);
    }

    /// <summary>Gives a reader's lease back.</summary>
    public void Return(int series, DetectorCell cell, AnomalyTrace? trace)
    {
        cell.Leases--;
        if (trace is not null && --trace.Uses == 0)
        {
            cell.Traces = [.. cell.Traces.Where(one => one != trace)];
            (cell.Held.Detector?.Listener as JudgedBars)?.Forget(trace);
        }

        if (states.OfSeries(series) is { } state) DropUnused(state);
    }

    /// <summary>Takes note of a run of points that the detector has taken.</summary>
    public void Note(SeriesState state, PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        state.Detector!.Pending?.Add(batch, times, values, shard.Limit);
        Noted(state, state.Detector);
    }

    /// <summary>The same of all points of a series in a group of batches.</summary>
    public void Note(SeriesState state, List<PointBatch> group)
    {
        if (state.Detector!.Pending is { } pending) PointTail.Visit(group, state.Series, (batch, times, values) => pending.Add(batch, times, values, shard.Limit));
        Noted(state, state.Detector);
    }

    /// <summary>The same of a point that was ahead of the clock.</summary>
    public void Note(SeriesState state, long time, double value)
    {
        state.Detector!.Pending?.Add(time, value);
        Noted(state, state.Detector);
    }

    /// <summary>Learns a series anew from the store, because its points there have changed or the clock was set back.</summary>
    public void Rebuild(SeriesState state)
    {
        if (state.Detector is { } cell && parts.History.HasStore) Begin(state, cell);
    }

    /// <summary>Gives detectors the lateness that their series has now.</summary>
    public void FollowLateness()
    {
        foreach (var state in states.Active)
        {
            if (state.Detector is not { } cell || cell.Lateness == LatenessOf(state.Series)) continue;
            cell.Lateness = LatenessOf(state.Series);
            Begin(state, cell);
        }
    }

    private TimeSpan LatenessOf(int series) => parts.Lateness?.Of(series) ?? WindowOptions.Default.AllowedLateness;

    private DetectorCell FindOrAdd(int series)
    {
        var state = states.GetOrAdd(series);
        if (state.Detector is { } known) return known;
        var cell = new DetectorCell(LatenessOf(series));
        state.Detector = cell;
        Count++;
        Begin(state, cell);
        return cell;
    }

    private AnomalyDetector Make(int series, DetectorCell cell) =>
        new(Sensitivity.Medium, parts.Clock, cell.Lateness) { Unit = parts.UnitOf(series), Listener = JudgedBars.For(cell.Traces, cell.Forecasts) };

    private void Begin(SeriesState state, DetectorCell cell)
    {
        if (!parts.History.HasStore || (state.Series == shard.Windows.Begins && state.Series >= parts.History.FirstUnstored))
        {
            Replace(cell, Make(state.Series, cell));
            cell.Know();
            return;
        }

        if (cell.Pending is null) _pending++;
        cell.Wait();
        var pending = new PendingPoints(shard.Limit);
        cell.Pending = pending;
        tail.Visit(state.Series, (batch, times, values) => pending.Add(batch, times, values, pending.Limit));
        _ = LearnAsync(state, cell, pending, Make(state.Series, cell));
    }

    private async Task LearnAsync(SeriesState state, DetectorCell cell, PendingPoints pending, AnomalyDetector detector)
    {
        // Off the shard's loop at once: what is read may be months.
        await Task.Yield();
        var stored = new StoredPoints();
        var query = new PointQuery { Series = [state.Series], Range = new TimeRange(PastFrom(state.Series), Math.Max(0, pending.Limit) + 1) };
        await parts.History.ScanLongAsync(query, block => Teach(block, detector, stored) && ReferenceEquals(cell.Pending, pending), default).ConfigureAwait(false);
        if (shard.Post(_ => GoLive(state, cell, pending, stored, detector))) return;
        cell.Ready.TrySetCanceled();
    }

    private static bool Teach(PointBlock block, AnomalyDetector detector, StoredPoints stored)
    {
        foreach (var id in block.Ids.Span) stored.NewestId = Math.Max(stored.NewestId, id);
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = 0; i < times.Length; i++) detector.Push(times[i], values[i]);
        return true;
    }

    private long PastFrom(int series)
    {
        if (parts.History.FindStats(series) is not { Count: > 1 } stats) return 0;
        var span = PastBars * (decimal)Math.Max(LeastBar, (stats.Last - stats.First) / (stats.Count - 1));
        return Math.Max(stats.First, span < stats.Last ? stats.Last - (long)span : 0);
    }

    private void GoLive(SeriesState state, DetectorCell cell, PendingPoints pending, StoredPoints stored, AnomalyDetector detector)
    {
        if (!ReferenceEquals(cell.Pending, pending)) return;
        cell.Pending = null;
        _pending--;
        var fresh = pending.JoinTo(stored);
        for (var i = 0; i < fresh.Count; i++) detector.Push(fresh.Times[i], fresh.Values[i]);
        Replace(cell, detector);
        cell.Know();
        cell.Publish();
        DropUnused(state);
    }

    private static void Replace(DetectorCell cell, AnomalyDetector detector)
    {
        (detector.Listener as JudgedBars)?.Bind(cell.Forecasts, cell.Traces);
        cell.Held.Replace(detector);
    }

    private void Noted(SeriesState state, DetectorCell cell)
    {
        if (cell.Pending is { Count: > MaxPending } pending) GoLive(state, cell, pending, new StoredPoints(), Make(state.Series, cell));
        cell.Publish();
    }

    private void DropUnused(SeriesState state)
    {
        if (state.Detector is not { IsUnused: true } cell) return;
        if (cell.Pending is not null) _pending--;
        cell.Pending = null;
        cell.Ready.TrySetCanceled();
        state.Detector = null;
        Count--;
        states.Forget(state);
    }
}
