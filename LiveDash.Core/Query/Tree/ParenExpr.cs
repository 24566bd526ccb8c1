namespace LiveDash.Core.Query.Tree;

/// <summary>An expression in parentheses; kept, so that the text comes back as it was written.</summary>
/// <param name="Inner">What they hold.</param>
public sealed record ParenExpr(QueryExpr Inner) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => Inner.Kind;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => [Inner];
}
