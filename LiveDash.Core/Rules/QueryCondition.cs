using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>An expression in PromQL: each label set that it yields is an alert, and none of it none. It stands alone, and is judged over all series together.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Query">What it means.</param>
public sealed record QueryCondition(string Text, QueryExpr Query) : SeriesCondition("*")
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
