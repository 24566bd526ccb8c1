using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>One series of a preview with the windows that are asked of it. Used by one preview alone.</summary>
internal sealed class PreviewLane(SeriesKey key, LocalClock clock)
{
    private readonly List<(SlidingWindow Window, IReadOnlyList<AggregateSpec> Needs)> _windows = [];

    private readonly List<SeriesForecast> _forecasts = [];
    private SeriesDetector? _detector;

    public SeriesKey Key => key;

    /// <summary>Its anomaly detector, from its first point on.</summary>
    public SeriesDetector Detector
    {
        get
        {
            if (_detector is not null) return _detector;
            _detector = new SeriesDetector();
            _detector.Replace(new AnomalyDetector(Sensitivity.Medium, clock, WindowOptions.Default.AllowedLateness) { Unit = SeriesUnits.Text(SeriesUnits.Of(key.Name)) });
            return _detector;
        }
    }

    /// <summary>Its number among the series of the preview; -1 until it is known there: live, a series is unknown before its first point.</summary>
    public int Series { get; set; } = -1;

    /// <summary>How many points its longest window by count holds.</summary>
    public int LongestCount => _windows.Count == 0 ? 0 : _windows.Max(static one => one.Window.Spec.Points);

    /// <summary>Makes the windows that the rule asks of it, before anybody acquires them: they must see what was before.</summary>
    public void Prepare(RuleModel rule)
    {
        foreach (var leaf in rule.Expression.Condition.Leaves)
        {
            if (!SeriesPattern.TryParse(leaf.Series, out var pattern) || !pattern!.Matches(key)) continue;
            if (leaf is Comparison comparison) WindowOf(comparison.Window, [comparison.Aggregate]);
            else if (leaf is Outside outside) WindowOf(outside.Window, []);
            else if (leaf is StateIs) WindowOf(BoundCondition.Newest, [BoundCondition.Last]);
            else if (leaf is Outlier outlier) WindowOf(outlier.Window, []);
            else if (leaf is Anomaly) _ = Detector;
            else if (leaf is Forecasted forecast) ForecastOf(forecast.Horizon);
        }
    }

    /// <summary>Its forecast at a horizon; made before its first point.</summary>
    public SeriesForecast ForecastOf(TimeSpan horizon)
    {
        if (_forecasts.Find(one => one.Horizon == horizon) is { } known) return known;
        var forecast = new SeriesForecast(horizon);
        _forecasts.Add(forecast);
        var bars = JudgedBars.For([], _forecasts);
        bars!.Bind(_forecasts, []);
        Detector.Detector!.Listener = bars;
        return forecast;
    }

    /// <summary>The window of a spec that knows the aggregates.</summary>
    public SlidingWindow WindowOf(WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        foreach (var (known, has) in _windows)
        {
            if (known.Spec.Equals(spec) && needs.All(has.Contains)) return known;
        }

        var window = SlidingWindow.Create(spec, new WindowOptions { Needs = needs });
        _windows.Add((window, needs));
        return window;
    }

    /// <summary>Takes a point.</summary>
    public void Add(long ticks, double value)
    {
        for (var i = 0; i < _windows.Count; i++) _windows[i].Window.Add(ticks, value);
        _detector?.Detector!.Push(ticks, value);
    }

    /// <summary>Tells since when there are points.</summary>
    public void TellKnownSince(long ticks)
    {
        foreach (var (window, _) in _windows) window.TellKnownSince(ticks);
    }

    /// <summary>Time has passed.</summary>
    public void AdvanceTo(long ticks)
    {
        for (var i = 0; i < _windows.Count; i++) _windows[i].Window.AdvanceTo(ticks);
    }
}
