using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Tree;

/// <summary>What a series is expected to do: <c>forecast(cpu.load, 1h)</c>, or how long until it reaches a value, <c>time_to(disk.used, 100)</c>. Rules alone judge it.</summary>
/// <param name="Figure">Which figure.</param>
/// <param name="Series">The series or pattern.</param>
/// <param name="Horizon">How far ahead; zero for the time to a value.</param>
/// <param name="Target">The value to reach; 0 for a forecast.</param>
public sealed record ForecastExpr(ForecastFigure Figure, string Series, TimeSpan Horizon, double Target) : SeriesExpr(Series)
{
    internal override string Text => Figure == ForecastFigure.TimeTo
        ? string.Create(CultureInfo.InvariantCulture, $"time_to({Series}, {Target:R})")
        : $"{Figure switch { ForecastFigure.Low => "forecast_low", ForecastFigure.High => "forecast_high", _ => "forecast" }}({Series}, {DurationText.Format(Horizon)})";
}
