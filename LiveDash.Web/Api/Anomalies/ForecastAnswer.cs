using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Windows;

namespace LiveDash.Web.Api.Anomalies;

/// <summary>What one series is expected to do; figures that cannot be known are null.</summary>
/// <param name="Series">The series in full.</param>
/// <param name="Horizon">How far ahead was asked.</param>
/// <param name="At">The time the forecast speaks of.</param>
/// <param name="Value">The value expected.</param>
/// <param name="Low">The lower edge of the 95 % band.</param>
/// <param name="High">Its upper edge.</param>
/// <param name="Mase">The mean error so far beside that of the value one day before: below 1 is better.</param>
/// <param name="Coverage">Which part of the values lay in the band so far.</param>
/// <param name="Season">The season of the best model; null for none.</param>
/// <param name="Judged">How many forecasts were compared with what came; few are too few to tell a value.</param>
/// <param name="TimeTo">When the value asked for is reached, in seconds; null where that cannot be known or was not asked.</param>
/// <param name="TimeToText">The same in words, or why it cannot be known.</param>
internal sealed record ForecastAnswer(
    string Series, string Horizon, string? At, double? Value, double? Low, double? High, double? Mase, double? Coverage, string? Season, long Judged, double? TimeTo, string? TimeToText)
{
    /// <summary>The answer of one series; what was said of a time that has passed is told no more.</summary>
    public static ForecastAnswer Of(string series, TimeSpan horizon, Prediction said, TimeToValue? reach, long now) => new(
        series, DurationText.Format(horizon), said.IsKnownAt(now) ? TimeText.Format(said.At) : null, said.IsKnownAt(now) ? said.Value : null, said.IsKnownAt(now) ? said.Low : null, said.IsKnownAt(now) ? said.High : null,
        Finite(said.Mase), Finite(said.Coverage), said.Season > TimeSpan.Zero ? DurationText.Format(said.Season) : null, said.Judged, reach?.At?.TotalSeconds, reach?.ToString());

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
