namespace LiveDash.Core.Query.Tree;

/// <summary>The series whose newest state is a text, or another: <c>state(pump) == "stopped"</c>. It yields the number under which the state is kept. A text the series has never had is never its state.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="State">The text.</param>
/// <param name="IsOther">True where it must be another.</param>
public sealed record StateExpr(string Series, string State, bool IsOther) : SeriesExpr(Series)
{
    internal override string Text => $"state({Series}) {(IsOther ? "!=" : "==")} {ExprText.Quote(State)}";
}
