using LiveDash.Core.Detection;

namespace LiveDash.Web.ViewModels;

/// <summary>Puts a forecast in words. Pure.</summary>
public static class ForecastWords
{
    /// <summary>When a value is reached: <c>Full in 3 d 4 h</c> for 100 %, <c>Reaches 80 °C in 2 h 5 min</c> for others; says so where that cannot be known.</summary>
    /// <param name="reach">When it is.</param>
    /// <param name="target">The value.</param>
    /// <param name="format">How it is written.</param>
    public static string Reach(TimeToValue reach, double target, FieldFormat format)
    {
        var value = format.Format(target).ToString();
        var isFull = (format.Unit, target) is (ValueUnit.Percent, 100) or (ValueUnit.Ratio, 1);
        return reach.At switch
        {
            null => $"When it reaches {value} cannot be told",
            { } at when at >= TrendWatch.Furthest => $"Does not reach {value} as it goes now",
            { Ticks: 0 } => isFull ? "Full now" : $"At {value} now",
            { } at => $"{(isFull ? "Full" : $"Reaches {value}")} in {TimeToValue.Say(at)}",
        };
    }

    /// <summary>How sure that is, or why it cannot be known; empty where there is nothing to add.</summary>
    public static string Certainty(TimeToValue reach) => reach.At switch
    {
        null => "its past is not a straight line, or ended long ago",
        { } at when at >= TrendWatch.Furthest || at.Ticks == 0 => "",
        // A band as narrow as what is written adds nothing.
        { } at when TimeToValue.Say(reach.Soonest) == TimeToValue.Say(at) && TimeToValue.Say(reach.Latest) == TimeToValue.Say(at) => "",
        _ => $"{TimeToValue.Say(reach.Soonest)} to {(reach.Latest >= TrendWatch.Furthest ? "never" : TimeToValue.Say(reach.Latest))}",
    };

    /// <summary>Why no forecast is told: too few were compared with what came, no model can say, or the series has been silent for longer than it would look ahead.</summary>
    /// <param name="said">What there is.</param>
    /// <param name="horizon">How far ahead it was to look, in words.</param>
    public static string Untold(Prediction said, string horizon) => said.IsKnown
        ? $"Nothing has come for longer than {horizon}: what it does now cannot be told."
        : said.Judged >= said.Needed
        ? "What it did before is missing where a forecast would start from it: none is told."
        : $"{said.Judged:N0} of {said.Needed:N0} forecasts could be compared with what came; before that none is told.";

    /// <summary>What is expected: <c>52 % in 1 h, 95 % band 50 % to 54 %</c>.</summary>
    public static string Expected(Prediction said, TimeSpan horizon, FieldFormat format) =>
        $"{format.Format(said.Value)} in {FieldFormat.Duration(horizon)}, 95 % band {format.Format(said.Low)} to {format.Format(said.High)}";
}
