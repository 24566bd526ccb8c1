namespace LiveDash.Core.Detection;

/// <summary>The forecast of one series at one horizon, for whoever holds it; zero for the trend alone. Belongs to the loop that owns the series.</summary>
public sealed class SeriesForecast(TimeSpan horizon)
{
    /// <summary>How far ahead it looks; zero where only the trend is wanted.</summary>
    public TimeSpan Horizon => horizon;

    /// <summary>The forecaster; null until it knows the past, and where only the trend is wanted.</summary>
    public BarForecaster? Forecaster { get; internal set; }

    /// <summary>The trend; null until it knows the past.</summary>
    public TrendWatch? Trend { get; internal set; }

    /// <summary>How many hold it.</summary>
    internal int Uses { get; set; }
}
