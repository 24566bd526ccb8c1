namespace LiveDash.Core.Detection;

/// <summary>When a series reaches a value if it goes on as it does. Immutable.</summary>
/// <param name="At">How long that takes; <see cref="TrendWatch.Furthest"/> for longer or never, null where no straight line describes the series, or it has been silent for too long.</param>
/// <param name="Soonest">How long at least, by the uncertainty of the slope.</param>
/// <param name="Latest">How long at most.</param>
/// <param name="Span">How much of the past the line describes.</param>
public readonly record struct TimeToValue(TimeSpan? At, TimeSpan Soonest, TimeSpan Latest, TimeSpan Span)
{
    /// <summary>It cannot be known.</summary>
    public static TimeToValue Unknown => default;

    /// <summary>Such as <c>in 3 d 4 h (3 d to 3 d 9 h)</c>, or why there is none.</summary>
    public override string ToString() => At switch
    {
        null => "cannot be told: its past is not a straight line, or ended long ago",
        { } at when at >= TrendWatch.Furthest => "not as it goes now",
        { Ticks: 0 } => "now",
        { } at => $"in {Say(at)} ({Say(Soonest)} to {(Latest >= TrendWatch.Furthest ? "never" : Say(Latest))})",
    };

    /// <summary>A span in the words of <see cref="ToString"/>, such as <c>3 d 4 h</c>.</summary>
    public static string Say(TimeSpan span) =>
        span.TotalHours < 1 ? $"{span.TotalMinutes:F0} min" : span.TotalDays < 1 ? $"{span.Hours} h {span.Minutes} min"
            : span.TotalDays < 100 ? $"{span.Days} d {span.Hours} h" : $"{span.TotalDays:F0} d";
}
