using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>Says a window in words.</summary>
public static class WindowText
{
    /// <summary>Such as <c>last 500 points</c>, <c>last 5 min</c>, <c>tumbling 1m</c>; a span that words would cut, as <c>last 1500ms</c>.</summary>
    public static string Of(WindowSpec spec) => spec.Kind switch
    {
        WindowKind.Count => spec.Points == 1 ? "last point" : $"last {Counted.Of(spec.Points, "point")}",
        WindowKind.Time => IsWhole(spec.Size) ? $"last {FieldFormat.Duration(spec.Size)}" : $"last {spec}",
        _ => spec.ToString(),
    };

    // Two units say all of it.
    private static bool IsWhole(TimeSpan span) => span.Ticks % (span.TotalDays >= 2 ? TimeSpan.TicksPerHour : span.TotalHours >= 1 ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond) == 0;
}
