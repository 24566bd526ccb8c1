using System.Globalization;
using LiveDash.Core.Detection;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>
/// What a series is expected to do, compared with a threshold: <c>forecast(cpu.load, 1h) &gt; 80</c>, <c>time_to(disk.used, 100) &lt; 4d</c>. Decides nothing
/// while that cannot be known.
/// </summary>
/// <param name="Kind">Which figure.</param>
/// <param name="Series">The series or pattern.</param>
/// <param name="Horizon">How far ahead; zero for the time to a value.</param>
/// <param name="Target">The value to reach; 0 for a forecast.</param>
/// <param name="Comparator">How it is compared.</param>
/// <param name="Threshold">The threshold; for the time to a value, in seconds.</param>
public sealed record Forecasted(
    ForecastFigure Kind, string Series, TimeSpan Horizon, double Target, Comparator Comparator, double Threshold) : SeriesCondition(Series)
{
    /// <summary>The figure now; NaN while it cannot be known.</summary>
    /// <param name="forecast">The forecast of the series.</param>
    /// <param name="now">The clock in UTC ticks: what was said of bars that have passed says nothing any more.</param>
    public double Figure(SeriesForecast forecast, long now)
    {
        if (Kind == ForecastFigure.TimeTo) return forecast.Trend?.TimeTo(Target, now).At?.TotalSeconds ?? double.NaN;
        if (forecast.Forecaster?.Now is not { } said || !said.IsKnownAt(now)) return double.NaN;
        return Kind switch { ForecastFigure.Low => said.Low, ForecastFigure.High => said.High, _ => said.Value };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Kind == ForecastFigure.TimeTo)
        {
            return string.Create(CultureInfo.InvariantCulture, $"time_to({Series}, {Target:R}) {Comparator.Sign()} {DurationText.Format(TimeSpan.FromSeconds(Threshold))}");
        }

        var name = Kind switch { ForecastFigure.Low => "forecast_low", ForecastFigure.High => "forecast_high", _ => "forecast" };
        return string.Create(CultureInfo.InvariantCulture, $"{name}({Series}, {DurationText.Format(Horizon)}) {Comparator.Sign()} {Threshold:R}");
    }
}
