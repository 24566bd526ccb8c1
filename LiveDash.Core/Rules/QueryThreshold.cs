using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>
/// The threshold of an expression that compares a vector with a number, as in <c>sum(rate(errors[5m])) &gt; 3</c>: what lies beyond it is chosen with its value, so the value is known wherever another
/// threshold is nearer. Immutable.
/// </summary>
/// <param name="Compared">The comparison.</param>
/// <param name="Comparator">How the vector's values are compared, the number standing behind.</param>
/// <param name="Literal">The number, where it stands in the text.</param>
/// <param name="Value">The threshold.</param>
public sealed record QueryThreshold(BinaryExpr Compared, Comparator Comparator, QueryExpr Literal, double Value)
{
    /// <summary>That of an expression; null where it is not such a comparison.</summary>
    public static QueryThreshold? Of(QueryExpr expr)
    {
        while (expr is ParenExpr paren) expr = paren.Inner;
        if (expr is not BinaryExpr { ReturnsBool: false } compared || Sign(compared.Operator) is not { } sign || compared.Kind != ValueKind.Vector) return null;
        if (compared.Left.Kind == ValueKind.Vector && Number(compared.Right) is { } right) return new(compared, sign, compared.Right, right);
        return compared.Right.Kind == ValueKind.Vector && Number(compared.Left) is { } left ? new(compared, Turned(sign), compared.Left, left) : null;
    }

    /// <summary>What is compared: all values, those within the threshold too, under the labels under which the comparison yields them.</summary>
    public QueryExpr Vector => ReferenceEquals(Literal, Compared.Right) ? Compared.Left : Compared.Right;

    /// <summary>The comparison with another threshold that takes in more, or the same.</summary>
    public QueryExpr Relaxed(double threshold)
    {
        var number = new NumberLiteral(threshold);
        return ReferenceEquals(Literal, Compared.Right) ? Compared with { Right = number } : Compared with { Left = number };
    }

    private static double? Number(QueryExpr expr) => expr switch
    {
        ParenExpr paren => Number(paren.Inner),
        NumberLiteral literal when double.IsFinite(literal.Value) => literal.Value,
        UnaryExpr { Negates: true, Inner: NumberLiteral literal } when double.IsFinite(literal.Value) => -literal.Value,
        _ => null,
    };

    private static Comparator? Sign(BinaryOperator sign) => sign switch
    {
        BinaryOperator.Greater => Comparator.Above,
        BinaryOperator.GreaterOrEqual => Comparator.AtLeast,
        BinaryOperator.Less => Comparator.Below,
        BinaryOperator.LessOrEqual => Comparator.AtMost,
        _ => null,
    };

    private static Comparator Turned(Comparator sign) => sign switch
    {
        Comparator.Above => Comparator.Below,
        Comparator.AtLeast => Comparator.AtMost,
        Comparator.Below => Comparator.Above,
        _ => Comparator.AtLeast,
    };
}
