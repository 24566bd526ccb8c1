namespace LiveDash.Core.Query.Tree;

/// <summary>An aggregation over series.</summary>
/// <param name="Operator">Which.</param>
/// <param name="Inner">The series.</param>
/// <param name="Parameter">k, the quantile, or the label of count_values; null for the others.</param>
/// <param name="Labels">The labels of <c>by</c> or <c>without</c>.</param>
/// <param name="IsWithout">True for <c>without</c>.</param>
public sealed record AggregateExpr(AggregateOperator Operator, QueryExpr Inner, QueryExpr? Parameter, IReadOnlyList<string> Labels, bool IsWithout) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Vector;

    /// <inheritdoc/>
    public override IReadOnlyList<QueryExpr> Children => Parameter is null ? [Inner] : [Parameter, Inner];
}
