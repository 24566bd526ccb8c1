using LiveDash.Core.Storage;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>What a rule would have done over stored history. Immutable.</summary>
/// <param name="Points">How many points were judged.</param>
/// <param name="Series">How many series the rule matched.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Episodes">The episodes, by the time they would have fired; at most <see cref="RulePreview.MaxEpisodes"/>.</param>
/// <param name="Total">How many there would have been in all.</param>
public sealed record PreviewResult(long Points, int Series, TimeSpan Took, IReadOnlyList<PreviewEpisode> Episodes, int Total)
{
    /// <summary>How many of the points were judged by the least and greatest value of their stretch alone: the rule could not have fired on them.</summary>
    public long Passed { get; init; }

    /// <summary>That some of the points are downsampled, of which windows and rules see the last of each step, and expressions what they say themselves; null where none is.</summary>
    public StoredSummaries? Summaries { get; init; }

    /// <summary>The figure judged, by series, where it was asked for; at most 12 series.</summary>
    public IReadOnlyList<PreviewLine> Lines { get; init; } = [];
}
