using LiveDash.Core.Detection;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Windows that know every point of their series, whenever they are acquired: as the engine fills them from the store. Not thread-safe.</summary>
internal sealed class FilledWindows : IWindowSource, IDetectorSource
{
    private readonly Dictionary<(int Series, string Spec, string Needs), SlidingWindow> _windows = [];
    private readonly List<(int Series, long Ticks, double Value)> _points = [];
    private readonly Dictionary<int, SeriesDetector> _detectors = [];
    private long _now = long.MinValue;

    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        var key = (series, spec.ToString(), string.Join(' ', needs));
        if (_windows.TryGetValue(key, out var known)) return known;
        var window = SlidingWindow.Create(spec, new WindowOptions { Needs = needs });
        foreach (var point in _points)
        {
            if (point.Series == series) window.Add(point.Ticks, point.Value);
        }

        if (_now != long.MinValue) window.AdvanceTo(_now);
        return _windows[key] = window;
    }

    public void Release(int series, WindowSpec spec)
    {
        // Kept for whoever acquires it next.
    }

    public SeriesDetector AcquireDetector(int series)
    {
        if (_detectors.TryGetValue(series, out var known)) return known;
        var held = new SeriesDetector();
        held.Replace(new AnomalyDetector());
        foreach (var point in _points)
        {
            if (point.Series == series) held.Detector!.Push(point.Ticks, point.Value);
        }

        return _detectors[series] = held;
    }

    public void ReleaseDetector(int series)
    {
        // Kept for whoever acquires it next.
    }

    public SeriesForecast AcquireForecast(int series, TimeSpan horizon) => new(horizon);

    public void ReleaseForecast(int series, SeriesForecast forecast)
    {
        // Nothing is forecast here.
    }

    public void Add(int series, long ticks, double value)
    {
        _points.Add((series, ticks, value));
        if (_detectors.TryGetValue(series, out var held)) held.Detector!.Push(ticks, value);
        foreach (var (key, window) in _windows)
        {
            if (key.Series == series) window.Add(ticks, value);
        }
    }

    /// <summary>What a store that holds the same points knows of a series.</summary>
    public SeriesStats StatsOf(int series)
    {
        var times = _points.Where(point => point.Series == series).Select(static point => point.Ticks).ToList();
        return times.Count == 0 ? new SeriesStats(series, 0, 0, 0) : new SeriesStats(series, times.Count, times.Min(), times.Max());
    }

    public void AdvanceTo(long ticks)
    {
        _now = ticks;
        foreach (var window in _windows.Values) window.AdvanceTo(ticks);
    }
}
