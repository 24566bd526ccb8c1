using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>Says a live range in words. Pure.</summary>
public static class RangeWords
{
    /// <summary>Such as <c>Last 15 min</c>, <c>Last 6 h</c>, <c>Last 7 d</c>.</summary>
    public static string Live(TimeSpan span)
    {
        var (number, unit) = span.Ticks switch
        {
            >= TimeSpan.TicksPerDay * 2 => (span.TotalDays, "d"),
            >= TimeSpan.TicksPerHour => (span.TotalHours, "h"),
            >= TimeSpan.TicksPerMinute => (span.TotalMinutes, "min"),
            _ => (span.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"Last {number:0.##} {unit}");
    }
}
