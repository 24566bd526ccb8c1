using System.Globalization;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Clock;

namespace LiveDash.Web.ViewModels;

/// <summary>What the screen says of a jump of the server's clock. Stateless, so safe on any thread.</summary>
public static class ClockWords
{
    /// <summary>The sentences.</summary>
    public static string Of(ClockJump jump)
    {
        var by = Length(Math.Abs(jump.By));
        var side = jump.By > 0 ? "ahead" : "back";
        var at = TimeText.Format(jump.At - (jump.At % TimeSpan.TicksPerSecond));
        var what = jump.IsOpen ? $"The server's clock jumped {side} by {by} at {at} and has not come back."
            : jump.IsSettled ? $"The server's clock was set {side} by {by} at {at}."
            : $"The server's clock was {(jump.By > 0 ? "ahead" : "behind")} by {by} from {at} on, for {Length(jump.To!.Value - jump.From)}.";
        if (jump.Points == 0) return what + " No point carries a time of that stretch.";
        var points = jump.Points == 1 ? "1 point carries" : string.Create(CultureInfo.InvariantCulture, $"{jump.Points:N0} points carry");
        var series = jump.Series.Count == 1 ? jump.Series[0].Series : string.Create(CultureInfo.InvariantCulture, $"{jump.Series.Count:N0} series");
        return $"{what} {points} a time of that stretch, in {series}; /api/clock lists them.";
    }

    private static string Length(long ticks)
    {
        var (count, unit) = ticks switch
        {
            >= TimeSpan.TicksPerDay => (ticks / (double)TimeSpan.TicksPerDay, "d"),
            >= TimeSpan.TicksPerHour => (ticks / (double)TimeSpan.TicksPerHour, "h"),
            >= TimeSpan.TicksPerMinute => (ticks / (double)TimeSpan.TicksPerMinute, "min"),
            _ => (ticks / (double)TimeSpan.TicksPerSecond, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}");
    }
}
