namespace LiveDash.Core.Query.Tree;

/// <summary>The newest point of each series that matches, at most the lookback old.</summary>
/// <param name="Name">The name, where it stands before the braces or alone within them; null for none.</param>
/// <param name="Matchers">All other matchers, in the order of the text.</param>
/// <param name="Shift">The modifiers.</param>
public sealed record VectorSelector(string? Name, IReadOnlyList<LabelMatcher> Matchers, TimeShift Shift = default) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Vector;

    /// <summary>All matchers, that of the name first.</summary>
    public IReadOnlyList<LabelMatcher> AllMatchers => Name is null ? Matchers : [new LabelMatcher(LabelNames.Name, MatchKind.Equal, Name), .. Matchers];
}
