namespace LiveDash.Core.Query.Tree;

/// <summary>Which series of two sides belong together.</summary>
/// <param name="Cardinality">How many.</param>
/// <param name="IsOn">True for <c>on</c>: the labels alone count; false for <c>ignoring</c>: all but them and the name.</param>
/// <param name="Labels">The labels; none where neither is said.</param>
/// <param name="Include">Labels that the many take from the one.</param>
public sealed record VectorMatching(MatchCardinality Cardinality, bool IsOn, IReadOnlyList<string> Labels, IReadOnlyList<string> Include)
{
    /// <summary>All labels but the name, one to one.</summary>
    public static VectorMatching Default { get; } = new(MatchCardinality.OneToOne, false, [], []);

    /// <summary>All labels but the name, as sets.</summary>
    public static VectorMatching Sets { get; } = new(MatchCardinality.ManyToMany, false, [], []);
}
