namespace LiveDash.Core.Query.Tree;

/// <summary>A call of a function.</summary>
/// <param name="Function">Which.</param>
/// <param name="Arguments">As many as it takes, of the kinds it takes.</param>
public sealed record CallExpr(FunctionSignature Function, IReadOnlyList<QueryExpr> Arguments) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => Function.Returns;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => Arguments;
}
