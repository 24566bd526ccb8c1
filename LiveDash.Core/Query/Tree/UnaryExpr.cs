namespace LiveDash.Core.Query.Tree;

/// <summary>A sign before an expression.</summary>
/// <param name="Negates">True for minus, false for plus.</param>
/// <param name="Inner">What it stands before.</param>
public sealed record UnaryExpr(bool Negates, QueryExpr Inner) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => Inner.Kind;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Inner];
}
