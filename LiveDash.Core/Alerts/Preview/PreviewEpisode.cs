using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>An episode a rule would have opened. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="From">When it would have fired, in UTC ticks of event time.</param>
/// <param name="To">When it would have been resolved, or the end of the history where it would still be open.</param>
/// <param name="Peak">The worst figure; null where there was none.</param>
/// <param name="Severity">The highest severity it would have had.</param>
/// <param name="Resolved">False where it would still be open.</param>
public sealed record PreviewEpisode(string Series, long From, long To, double? Peak, Severity Severity, bool Resolved)
{
    /// <summary>What was strange at the worst of it, in words; null where figures say enough.</summary>
    public string? Why { get; init; }
}
