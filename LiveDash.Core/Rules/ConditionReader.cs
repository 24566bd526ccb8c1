using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Rules;

/// <summary>Makes of a tree that was written in LiveDash's own text the condition that is judged series by series. Stateless.</summary>
internal static class ConditionReader
{
    /// <summary>The condition; one that is evaluated as a live expression where it looks at points within a polygon, which windows of series do not tell apart.</summary>
    /// <param name="tree">The tree.</param>
    public static Condition Of(QueryExpr tree) => HasPolygon(tree) ? new QueryCondition(OwnPrinter.Print(tree)!, tree) : OfSeries(tree);

    private static bool HasPolygon(QueryExpr expr) => expr is WindowExpr { Within: not null } || expr.Children.Any(HasPolygon);

    private static Condition OfSeries(QueryExpr expr) => expr switch
    {
        NotExpr not => new Negation(OfSeries(not.Inner)),
        BinaryExpr { Operator: BinaryOperator.And } both => new AllOf(OfSeries(both.Left), OfSeries(both.Right)),
        BinaryExpr { Operator: BinaryOperator.Or } any => new AnyOf(OfSeries(any.Left), OfSeries(any.Right)),
        BinaryExpr { Right: NumberLiteral number } compared => Compared(compared, number.Value),
        AbsentExpr absent => new Absent(absent.Series, absent.After),
        OutsideExpr outside => new Outside(outside.Series, outside.Window, outside.Low, outside.High),
        AnomalyExpr anomaly => new Anomaly(anomaly.Series, anomaly.Sensitivity, anomaly.By),
        StateExpr state => new StateIs(state.Series, state.State, state.IsOther),
        _ => throw new ArgumentOutOfRangeException(nameof(expr), expr, "No condition of the own text."),
    };

    private static SeriesCondition Compared(BinaryExpr compared, double number) => compared.Left switch
    {
        WindowExpr window => new Comparison(window.Aggregate, window.Series, window.Window, Comparators.Of(compared.Operator), number),
        ForecastExpr ahead => new Forecasted(ahead.Figure, ahead.Series, ahead.Horizon, ahead.Target, Comparators.Of(compared.Operator), number),
        OutlierExpr outlier => new Outlier(outlier.Series, outlier.Window, number),
        _ => throw new ArgumentOutOfRangeException(nameof(compared), compared, "No condition of the own text."),
    };
}
