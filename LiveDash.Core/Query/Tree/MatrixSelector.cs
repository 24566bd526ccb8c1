namespace LiveDash.Core.Query.Tree;

/// <summary>The points of a stretch of each series that matches: those after its begin and up to its end.</summary>
/// <param name="Selector">Which series; its modifiers shift the stretch.</param>
/// <param name="Range">How long, in ticks; more than 0.</param>
public sealed record MatrixSelector(VectorSelector Selector, long Range) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Matrix;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Selector];
}
