namespace LiveDash.Core.Query.Tree;

/// <summary>An operator between two expressions.</summary>
/// <param name="Operator">Which.</param>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="Matching">Which series belong together; null unless both sides are vectors.</param>
/// <param name="ReturnsBool">True where a comparison yields 0 or 1 rather than choosing.</param>
public sealed record BinaryExpr(BinaryOperator Operator, QueryExpr Left, QueryExpr Right, VectorMatching? Matching, bool ReturnsBool) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => Left.Kind == ValueKind.Scalar && Right.Kind == ValueKind.Scalar ? ValueKind.Scalar : ValueKind.Vector;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Left, Right];
}
