using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>No point has arrived for longer than a time: <c>absent(backup.done, 1d)</c>. Judged by arrival, not by event time.</summary>
public sealed record Absent(string Series, TimeSpan After) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() => $"absent({Series}, {DurationText.Format(After)})";
}
