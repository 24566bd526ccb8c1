using LiveDash.Core.Alerts;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Says what happened in an episode. Pure.</summary>
public static class EpisodeWords
{
    /// <summary>One event in a few words.</summary>
    public static string Event(EpisodeEvent happened) => happened.Kind switch
    {
        AlertEventKind.Fired => Fired(happened),
        AlertEventKind.Recovering => "Back within bounds; waiting whether it stays so",
        AlertEventKind.Returned => "Out of bounds again",
        AlertEventKind.SeverityChanged => $"Now {happened.Detail}",
        AlertEventKind.Resolved => $"Resolved: {AlertWords.Reason(happened.Detail, happened.Cause)}",
        AlertEventKind.Acknowledged => $"Acknowledged by {happened.Detail}",
        AlertEventKind.Unacknowledged => $"Acknowledgement taken back by {happened.Detail}",
        AlertEventKind.Pending => "The condition began to hold",
        AlertEventKind.Dropped => "The condition went away",
        _ => happened.Detail ?? "",
    };

    private static string Fired(EpisodeEvent happened)
    {
        var began = AlertWords.Began(happened.Cause);
        return "Fired" + (happened.Detail is { } severity ? $", {severity}" : "") + (began.Length == 0 ? "" : $": {began}");
    }

    /// <summary>A stretch of time as a person says it: 45 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Length(long ticks)
    {
        var span = TimeSpan.FromTicks(Math.Max(0, ticks));
        if (span.TotalSeconds < 1) return $"{span.TotalMilliseconds:0} ms";
        if (span.TotalMinutes < 1) return $"{Math.Floor(span.TotalSeconds):0} s";
        if (span.TotalHours < 1) return span.Seconds == 0 ? $"{span.Minutes} min" : $"{span.Minutes} min {span.Seconds} s";
        if (span.TotalDays < 1) return span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min";
        return span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h";
    }

    /// <summary>The stretch a chart of an episode shows: the episode and half as much before and after, at least two minutes; nothing of the future.</summary>
    /// <param name="from">When it fired, in UTC ticks.</param>
    /// <param name="to">When it was resolved; null while it goes on.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public static TimeRange Around(long from, long? to, long now)
    {
        var end = Math.Max(to ?? now, from);
        var margin = Math.Max((end - from) / 2, 2 * TimeSpan.TicksPerMinute);
        return new TimeRange(Math.Max(0, from - margin), Math.Max(Math.Min(end + margin, now), end + TimeSpan.TicksPerSecond));
    }

    /// <summary>The word for an alert's state.</summary>
    public static string State(AlertState state) => state == AlertState.Inactive ? "Resolved" : state.ToString();
}
