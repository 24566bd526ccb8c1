using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>Says in words what a window is. Pure.</summary>
public static class WindowWords
{
    private static readonly (string One, long Ticks)[] s_units =
        [("day", TimeSpan.TicksPerDay), ("hour", TimeSpan.TicksPerHour), ("minute", TimeSpan.TicksPerMinute), ("second", TimeSpan.TicksPerSecond), ("millisecond", TimeSpan.TicksPerMillisecond)];

    /// <summary>Such as "the last 500 points" or "each minute by itself".</summary>
    public static string Describe(WindowSpec spec) => spec.Kind switch
    {
        WindowKind.Count => spec.Points == 1 ? "the newest point" : string.Create(CultureInfo.InvariantCulture, $"the last {spec.Points:N0} points"),
        WindowKind.Time => $"the last {Duration(spec.Size)}",
        WindowKind.Tumbling => $"each {Duration(spec.Size)} by itself, starting anew",
        WindowKind.Hopping => $"{Duration(spec.Size)} at a time, moving on every {Duration(spec.Hop)}",
        _ => $"since the last silence longer than {Duration(spec.Size)}",
    };

    /// <summary>A kind as the settings name it.</summary>
    public static string Name(WindowKind kind) => kind == WindowKind.Time ? "Sliding" : kind.ToString();

    /// <summary>How much it counts, such as <c>500 points</c>, <c>5 min</c>, <c>30 s pause</c>.</summary>
    public static string Size(WindowSpec spec) => spec.Kind switch
    {
        WindowKind.Count => string.Create(CultureInfo.InvariantCulture, $"{spec.Points:N0} {(spec.Points == 1 ? "point" : "points")}"),
        WindowKind.Session => Short(spec.Size) + " pause",
        _ => Short(spec.Size),
    };

    /// <summary>A duration in a table, such as <c>5 min</c>.</summary>
    public static string Short(TimeSpan duration)
    {
        var (number, unit) = WindowForm.Split(duration);
        return $"{number} {(unit == "m" ? "min" : unit)}";
    }

    /// <summary>Such as "5 minutes", or "minute" for one.</summary>
    public static string Duration(TimeSpan duration)
    {
        foreach (var (one, ticks) in s_units)
        {
            if (duration.Ticks % ticks != 0) continue;
            var number = duration.Ticks / ticks;
            return number == 1 ? one : string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}s");
        }

        return DurationText.Format(duration);
    }
}
