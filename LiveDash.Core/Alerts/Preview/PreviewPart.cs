namespace LiveDash.Core.Alerts.Preview;

/// <summary>What a rule would have done on some of its series. Immutable.</summary>
/// <param name="Points">How many points were judged.</param>
/// <param name="Episodes">The episodes, by time.</param>
/// <param name="Total">How many there would have been in all.</param>
/// <param name="Passed">How many points were judged by the bounds of their stretch alone.</param>
/// <param name="Lines">The figures judged.</param>
internal sealed record PreviewPart(long Points, IReadOnlyList<PreviewEpisode> Episodes, int Total, long Passed, IReadOnlyList<PreviewLine> Lines);
