using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>The newest state of a series is a text, or another: <c>state(pump) == "stopped"</c>. A text the series has never had is never its state.</summary>
public sealed record StateIs(string Series, string Text, bool IsOther) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() => $"state({Series}) {(IsOther ? Comparator.NotEqual : Comparator.Equal).Sign()} {ExprText.Quote(Text)}";
}
