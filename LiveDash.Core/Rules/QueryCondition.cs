using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>An expression that is judged over all series together, in PromQL or, about points within a polygon, in the own text: each label set that it yields is an alert, and none of it none. It stands alone.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Query">What it means.</param>
public sealed record QueryCondition(string Text, QueryExpr Query) : SeriesCondition("*")
{
    /// <summary>True where what it yields keeps the name of its series: a comparison that chooses does, arithmetic does not.</summary>
    public bool KeepsName { get; } = Keeps(Query);

    /// <summary>Its threshold; null where it is no comparison of a vector with a number.</summary>
    public QueryThreshold? Threshold { get; } = QueryThreshold.Of(Query);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool Keeps(QueryExpr expr) => expr switch
    {
        VectorSelector or SeriesExpr or NotExpr => true,
        ParenExpr paren => Keeps(paren.Inner),
        BinaryExpr { ReturnsBool: true } => false,
        BinaryExpr { Operator: BinaryOperator.And or BinaryOperator.Unless or BinaryOperator.Or } set => Keeps(set.Left),
        BinaryExpr { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual } comparison =>
            comparison.Left.Kind == ValueKind.Scalar ? Keeps(comparison.Right) : comparison.Matching is not { IsOn: true } && Keeps(comparison.Left),
        CallExpr { Function.Name: "last_over_time" or "sort" or "sort_desc" } => true,
        AggregateExpr { Operator: AggregateOperator.Topk or AggregateOperator.Bottomk } chosen => Keeps(chosen.Inner),
        _ => false,
    };
}
