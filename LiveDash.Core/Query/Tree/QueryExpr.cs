namespace LiveDash.Core.Query.Tree;

/// <summary>
/// A node of an expression: what PromQL and what stands on it is parsed into. Immutable, so safe on any thread. The text of a node, <see cref="ToString"/>,
/// is PromQL that is parsed into the same tree again.
/// </summary>
public abstract record QueryExpr
{
    /// <summary>How many characters of the text stand before the node; 0 where it was not parsed.</summary>
    public int Position { get; init; }

    /// <summary>Where the node ends in the text, exclusively.</summary>
    public int End { get; init; }

    /// <summary>What it yields.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>The nodes below it, in the order of the text.</summary>
    public virtual IReadOnlyList<QueryExpr> Children => [];

    /// <summary>The node as PromQL.</summary>
    public sealed override string ToString() => ExprPrinter.Print(this);
}
