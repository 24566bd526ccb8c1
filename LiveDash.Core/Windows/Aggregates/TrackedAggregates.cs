namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// The aggregates of one window that are kept up to date point by point: percentiles and what follows from them, distinct values,
/// thresholds, forecasts. A tracker is made when first asked for (or declared), and given up when nobody asks any more.
/// Percentiles are exact up to <see cref="ExactTo"/> points and within <see cref="QuantileSketch.RelativeError"/> beyond.
/// </summary>
internal sealed class TrackedAggregates(PointLog log, WindowStart start, IReadOnlyList<AggregateSpec> needs)
{
    /// <summary>Up to this many points a percentile is exact.</summary>
    public const int ExactTo = 10_000;

    // An exact order that is already there is kept a little longer, so that a window about that size does not change to and fro.
    private const int ExactUntil = 12_000;

    private readonly TrackedPoints _points = new(log, start);
    private readonly Dictionary<AggregateSpec, PointTracker> _others = [];
    private readonly bool _needsMad = needs.Any(static need => NeedsMad(need.Kind));
    private readonly bool _needsPercentile = needs.Any(static need => need.Kind == AggregateKind.Percentile);
    private SortedBlocks? _order;
    private QuantileSketch? _sketch;

    /// <summary>True for the kinds kept here; the others are computed from the points when asked.</summary>
    public static bool Knows(AggregateKind kind) => kind is AggregateKind.Percentile or AggregateKind.Distinct or AggregateKind.Above
        or AggregateKind.Below or AggregateKind.Mad or AggregateKind.ZScore or AggregateKind.Forecast
        or AggregateKind.ForecastLow or AggregateKind.ForecastHigh;

    /// <summary>One aggregate of a window that holds at least one point; its start has followed the log.</summary>
    /// <param name="spec">Which.</param>
    /// <param name="last">The newest value.</param>
    public double Of(AggregateSpec spec, double last)
    {
        _points.CatchUp();
        switch (spec.Kind)
        {
            case AggregateKind.Percentile: return Percentile(spec.Parameter);
            case AggregateKind.Distinct: return Asked(Other(spec, static _ => new DistinctValues())).Count;
            case AggregateKind.Above:
                return (double)Asked(Other(spec, static spec => new ThresholdCount(spec.Parameter, above: true))).Count / start.Count;
            case AggregateKind.Below:
                return (double)Asked(Other(spec, static spec => new ThresholdCount(spec.Parameter, above: false))).Count / start.Count;
            case AggregateKind.Forecast: return Model(spec).Forecast;
            case AggregateKind.ForecastLow: return Model(spec).Low;
            case AggregateKind.ForecastHigh: return Model(spec).High;
        }

        var order = Order();
        var median = order.Percentile(50);
        var mad = order.Mad(median);
        return spec.Kind switch
        {
            AggregateKind.Mad => mad,
            AggregateKind.ZScore => RankMath.Robust(last, median, mad),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not a tracked aggregate."),
        };
    }

    /// <summary>Catches up before the log drops leaves, and gives up what nobody asks for.</summary>
    public void CatchUp()
    {
        if (_points.IsIdle) return;
        _points.CatchUp();
        if (_order is not null && !_needsMad && !_needsPercentile && _points.IsForgotten(_order)) DropOrder();
        if (_sketch is not null && !_needsPercentile && _points.IsForgotten(_sketch)) DropSketch();
        foreach (var (spec, tracker) in _others)
        {
            if (needs.Contains(spec) || !_points.IsForgotten(tracker)) continue;
            _points.Forget(tracker);
            _others.Remove(spec);
        }
    }

    public void BeforeInsert() => _points.BeforeInsert();

    public void AfterInsert(LogPlace place, double value) => _points.AfterInsert(place, value);

    /// <summary>Gives everything up; what is asked for again is made again.</summary>
    public void Shrink()
    {
        DropOrder();
        DropSketch();
        foreach (var tracker in _others.Values) _points.Forget(tracker);
        _others.Clear();
    }

    private static bool NeedsMad(AggregateKind kind) => kind is AggregateKind.Mad or AggregateKind.ZScore;

    private double Percentile(double percent)
    {
        if (start.Count <= ExactTo || (_order is not null && start.Count <= ExactUntil))
        {
            DropSketch();
            return Order().Percentile(percent);
        }

        if (_order is not null && !_needsMad) DropOrder();
        if (_order is not null) return Order().Percentile(percent);
        if (_sketch is null) _points.Track(_sketch = new QuantileSketch());
        return Asked(_sketch).Percentile(percent);
    }

    private SortedBlocks Order()
    {
        if (_order is null) _points.Track(_order = new SortedBlocks());
        return Asked(_order);
    }

    private HoltWinters Model(AggregateSpec spec)
    {
        var key = spec.Kind == AggregateKind.Forecast ? spec : spec with { Kind = AggregateKind.Forecast };
        return Asked(Other(key, static spec => new ForecastTracker((int)spec.Parameter))).Model;
    }

    private T Other<T>(AggregateSpec spec, Func<AggregateSpec, T> make)
        where T : PointTracker
    {
        if (_others.TryGetValue(spec, out var known)) return (T)known;
        var tracker = make(spec);
        _points.Track(tracker);
        _others.Add(spec, tracker);
        return tracker;
    }

    private T Asked<T>(T tracker)
        where T : PointTracker
    {
        tracker.AskedAt = log.Taken;
        return tracker;
    }

    private void DropOrder()
    {
        if (_order is not null) _points.Forget(_order);
        _order = null;
    }

    private void DropSketch()
    {
        if (_sketch is not null) _points.Forget(_sketch);
        _sketch = null;
    }
}
