using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Tree;

/// <summary>Writes a tree in LiveDash's own text where that can say it: conditions on series, joined by and, or and not. Stateless.</summary>
internal static class OwnPrinter
{
    /// <summary>The text; null where the tree says what the own text cannot.</summary>
    public static string? Print(QueryExpr expr) => expr switch
    {
        ParenExpr paren => Print(paren.Inner),
        NotExpr not => In(3, not.Inner) is { } inner ? "not " + inner : null,
        BinaryExpr { Operator: BinaryOperator.And or BinaryOperator.Or } set => Joined(set),
        BinaryExpr compared => Compared(compared),
        WindowExpr or ForecastExpr or OutlierExpr => null,
        SeriesExpr series => series.Text,
        _ => null,
    };

    /// <summary>Which series of two conditions belong together: those of the same tags, or any where one of them names its series.</summary>
    public static VectorMatching Matching(BinaryOperator op, QueryExpr left, QueryExpr right) =>
        op == BinaryOperator.And && (IsExact(left) || IsExact(right)) ? new VectorMatching(MatchCardinality.ManyToMany, true, [], []) : VectorMatching.Sets;

    private static string? Joined(BinaryExpr set)
    {
        var matching = Matching(set.Operator, set.Left, set.Right);
        if (set.Matching is not { Labels.Count: 0, Include.Count: 0 } said || said.IsOn != matching.IsOn) return null;
        var own = set.Operator == BinaryOperator.And ? 2 : 1;
        return In(own, set.Left) is { } left && In(own + 1, set.Right) is { } right ? $"{left} {set.Operator.Text()} {right}" : null;
    }

    private static string? Compared(BinaryExpr compared)
    {
        if (!compared.Operator.IsComparison() || compared.ReturnsBool || compared.Left is not SeriesExpr series || compared.Right is not NumberLiteral { Value: var number } || !double.IsFinite(number)) return null;
        return series switch
        {
            OutlierExpr when compared.Operator != BinaryOperator.Greater || number <= 0 => null,
            ForecastExpr { Figure: ForecastFigure.TimeTo } when compared.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual || TimeOf(number) is null => null,
            ForecastExpr { Figure: ForecastFigure.TimeTo } => $"{series.Text} {compared.Operator.Text()} {TimeOf(number)}",
            WindowExpr or ForecastExpr or OutlierExpr => string.Create(CultureInfo.InvariantCulture, $"{series.Text} {compared.Operator.Text()} {number:R}"),
            _ => null,
        };
    }

    private static string? TimeOf(double seconds)
    {
        if (seconds is not (> 0 and <= 3_660 * 86_400.0)) return null;
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalSeconds == seconds ? DurationText.Format(time) : null;
    }

    private static string? In(int precedence, QueryExpr expr)
    {
        while (expr is ParenExpr paren) expr = paren.Inner;
        var own = expr is BinaryExpr { Operator: BinaryOperator.Or } ? 1 : expr is BinaryExpr { Operator: BinaryOperator.And } ? 2 : 3;
        var text = Print(expr);
        return text is not null && own < precedence ? $"({text})" : text;
    }

    private static bool IsExact(QueryExpr expr) => expr is SeriesExpr series
        ? SeriesPattern.TryParse(series.Series, out var pattern) && pattern!.IsExact
        : expr is not VectorSelector && expr.Children.All(IsExact);
}
