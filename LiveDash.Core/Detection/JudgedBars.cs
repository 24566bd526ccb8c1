namespace LiveDash.Core.Detection;

/// <summary>Hands each judged bar to traces and to forecasts. Belongs to the loop that owns the detector, or to the one that teaches it.</summary>
internal sealed class JudgedBars : IJudgedBars
{
    private readonly List<(TimeSpan Horizon, BarForecaster Forecaster)> _forecasters = [];
    private readonly TrendWatch? _trend;
    private readonly List<AnomalyTrace> _traces;

    private JudgedBars(IEnumerable<AnomalyTrace> traces, IReadOnlyList<SeriesForecast> forecasts)
    {
        _traces = [.. traces];
        if (forecasts.Count > 0) _trend = new TrendWatch();
        foreach (var forecast in forecasts)
        {
            if (forecast.Horizon > TimeSpan.Zero) _forecasters.Add((forecast.Horizon, new BarForecaster(forecast.Horizon)));
        }
    }

    /// <summary>Fresh models for those who ask; null where nobody does.</summary>
    public static JudgedBars? For(IReadOnlyCollection<AnomalyTrace> traces, IReadOnlyList<SeriesForecast> forecasts) =>
        traces.Count == 0 && forecasts.Count == 0 ? null : new JudgedBars(traces, forecasts);

    /// <inheritdoc/>
    public void Take(in JudgedBar bar)
    {
        foreach (var trace in _traces) trace.Take(bar);
        _trend?.Take(bar);
        foreach (var (_, forecaster) in _forecasters) forecaster.Take(bar);
    }

    /// <summary>Gives the models to those who hold forecasts now; who asked since has others on their way. Traces that nobody holds any more are left.</summary>
    public void Bind(IReadOnlyList<SeriesForecast> forecasts, IReadOnlyCollection<AnomalyTrace> traces)
    {
        _traces.RemoveAll(trace => !traces.Contains(trace));
        foreach (var forecast in forecasts)
        {
            forecast.Trend = _trend;
            forecast.Forecaster = _forecasters.Find(one => one.Horizon == forecast.Horizon).Forecaster;
        }
    }

    /// <summary>Nobody looks at the trace any more.</summary>
    public void Forget(AnomalyTrace trace) => _traces.Remove(trace);
}
