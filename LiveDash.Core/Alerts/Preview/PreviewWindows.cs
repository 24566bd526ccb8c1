using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>The windows of a preview: filled from the scan instead of by a shard. Used by one preview alone.</summary>
/// <param name="catalog">The series of the preview.</param>
/// <param name="clock">The clock whose hours repeat in series.</param>
internal sealed class PreviewWindows(SeriesCatalog catalog, LocalClock clock) : IWindowSource, IDetectorSource
{
    private readonly Dictionary<SeriesKey, PreviewLane> _byKey = [];
    private readonly List<PreviewLane> _lanes = [];

    /// <inheritdoc/>
    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs) => LaneOf(catalog[series]).WindowOf(spec, needs);

    /// <inheritdoc/>
    public void Release(int series, WindowSpec spec)
    {
        // A preview's windows go with it.
    }

    /// <inheritdoc/>
    public SeriesDetector AcquireDetector(int series) => LaneOf(catalog[series]).Detector;

    /// <inheritdoc/>
    public void ReleaseDetector(int series)
    {
        // It goes with the preview.
    }

    /// <inheritdoc/>
    public SeriesForecast AcquireForecast(int series, TimeSpan horizon) => LaneOf(catalog[series]).ForecastOf(horizon);

    /// <inheritdoc/>
    public void ReleaseForecast(int series, SeriesForecast forecast)
    {
        // It goes with the preview.
    }

    /// <summary>The lane of a series.</summary>
    public PreviewLane LaneOf(SeriesKey key)
    {
        if (_byKey.TryGetValue(key, out var known)) return known;
        var lane = new PreviewLane(key, clock);
        _byKey[key] = lane;
        _lanes.Add(lane);
        return lane;
    }

    /// <summary>Time has passed.</summary>
    public void AdvanceTo(long ticks)
    {
        for (var i = 0; i < _lanes.Count; i++) _lanes[i].AdvanceTo(ticks);
    }
}
