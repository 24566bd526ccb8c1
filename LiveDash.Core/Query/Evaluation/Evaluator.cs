using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>
/// Evaluates a tree at all steps of a grid at once: each node makes whole columns of values, so that labels are matched and grouped once a series and not once a step.
/// An instant evaluation has one step. Semantics are those of Prometheus 3 (docs/PROMQL.md). Used by one evaluation.
/// </summary>
internal sealed partial class Evaluator(SelectorData data, EvaluationFrame frame, QueryBudget budget, NodeMemo? memo = null)
{
    /// <summary>The value of a scalar expression at each step.</summary>
    public double[] Scalar(QueryExpr expr, StepGrid grid)
    {
        budget.AddNumbers(grid.Count);
        switch (expr)
        {
            case NumberLiteral number:
                return Map(grid, _ => number.Value);
            case ParenExpr paren:
                return Scalar(paren.Inner, grid);
            case UnaryExpr unary:
                var inner = Scalar(unary.Inner, grid);
                return unary.Negates ? Array.ConvertAll(inner, static value => -value) : inner;
            case BinaryExpr binary:
                var (left, right) = (Scalar(binary.Left, grid), Scalar(binary.Right, grid));
                return Map(grid, step => Operators.Number(binary.Operator, left[step], right[step]));
            case CallExpr call:
                return ScalarCall(call, grid);
            default:
                throw Unknown(expr);
        }
    }

    /// <summary>The values of each series of a vector expression at each step; no two have the same labels.</summary>
    public List<StepSeries> Vector(QueryExpr expr, StepGrid grid)
    {
        budget.Stopped.ThrowIfCancellationRequested();
        if (memo is null) return Computed(expr, grid);
        return memo.Find(expr) ?? memo.Keep(expr, Computed(expr, grid));
    }

    private List<StepSeries> Computed(QueryExpr expr, StepGrid grid)
    {
        switch (expr)
        {
            case VectorSelector selector:
                return Selected(selector, grid);
            case SeriesExpr series:
                return Copied(data.Steps(series), grid);
            case NotExpr not:
                return Negated(not.Inner, grid);
            case ParenExpr paren:
                return Vector(paren.Inner, grid);
            case UnaryExpr unary:
                var inner = Vector(unary.Inner, grid);
                return unary.Negates ? SeriesMerge.Of(inner.ConvertAll(one => Mapped(one, static value => -value))) : inner;
            case BinaryExpr binary:
                return Binary(binary, grid);
            case AggregateExpr aggregate:
                return Aggregate(aggregate, grid);
            case CallExpr call:
                return VectorCall(call, grid);
            default:
                throw Unknown(expr);
        }
    }

    /// <summary>The points of each series that windows go over.</summary>
    public RangeInput Range(QueryExpr expr, StepGrid grid)
    {
        switch (SelectorReader.Unwrap(expr))
        {
            case MatrixSelector matrix:
                return new(data.Points(matrix), frame.Lookup(matrix.Selector.Shift), matrix.Range);
            case SubqueryExpr subquery:
                return new(Subquery(subquery, frame.Inner(subquery, grid)), frame.Lookup(subquery.Shift), subquery.Range);
            default:
                throw Unknown(expr);
        }
    }

    private List<StepSeries> Selected(VectorSelector selector, StepGrid grid)
    {
        var read = data.Steps(selector);
        if (!selector.Shift.IsFixed) return Copied(read, grid);
        budget.AddNumbers((long)read.Count * grid.Count);
        return [.. read.Select(one => new StepSeries(one.Labels, Repeated(one.Values[0], grid.Count)))];
    }

    // Copied, since whoever gets them may write into them.
    private List<StepSeries> Copied(IReadOnlyList<StepSeries> read, StepGrid grid)
    {
        budget.AddNumbers((long)read.Count * grid.Count);
        var series = new List<StepSeries>(read.Count);
        foreach (var one in read) series.Add(new(one.Labels, (double[])one.Values.Clone()));
        return series;
    }

    // What a condition looks at, without the series of which it holds; of conditions that are joined by their parts, since those of the two sides belong together by their matching alone.
    private List<StepSeries> Negated(QueryExpr condition, StepGrid grid)
    {
        switch (condition)
        {
            case ParenExpr paren:
                return Negated(paren.Inner, grid);
            case NotExpr not:
                return Vector(not.Inner, grid);
            case SeriesExpr series:
                return Without(Copied(data.Seen(series), grid), Vector(series, grid));
            case BinaryExpr { Operator: BinaryOperator.And or BinaryOperator.Or } set:
                var turned = set with { Operator = set.Operator == BinaryOperator.And ? BinaryOperator.Or : BinaryOperator.And };
                return SetOperation.Of(turned, Negated(set.Left, grid), Negated(set.Right, grid), grid.Count);
            case BinaryExpr compared:
                return Without(Vector(compared.Left, grid), Vector(compared, grid));
            default:
                throw Unknown(condition);
        }
    }

    // By all labels with the name: each is a series of its own. In place.
    private static List<StepSeries> Without(List<StepSeries> seen, List<StepSeries> held)
    {
        var holds = held.ToDictionary(static one => one.Labels, static one => one.Values);
        foreach (var (labels, values) in seen)
        {
            if (!holds.TryGetValue(labels, out var where)) continue;
            for (var i = 0; i < values.Length; i++)
            {
                if (!where[i].IsAbsent()) values[i] = Absence.Mark;
            }
        }

        return seen;
    }

    private List<RangeSeries> Subquery(SubqueryExpr subquery, StepGrid inner)
    {
        var found = new List<RangeSeries>();
        if (inner.Count == 0) return found;
        foreach (var one in Vector(subquery.Inner, inner))
        {
            budget.AddNumbers(2L * inner.Count);
            var times = new long[inner.Count];
            var count = 0;
            for (var i = 0; i < inner.Count; i++)
            {
                if (one.Values[i].IsAbsent()) continue;
                times[count] = inner.Time(i);
                one.Values[count++] = one.Values[i];
            }

            if (count > 0) found.Add(new(one.Labels, times.AsMemory(0, count), one.Values.AsMemory(0, count)));
        }

        return found;
    }

    // In place, and without the name.
    private static StepSeries Mapped(StepSeries series, Func<double, double> function)
    {
        var values = series.Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsAbsent()) values[i] = function(values[i]);
        }

        return new(series.Labels.WithoutName(), values);
    }

    private static double[] Map(StepGrid grid, Func<int, double> value)
    {
        var values = new double[grid.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(i);
        return values;
    }

    private static double[] Repeated(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static QueryException Unknown(QueryExpr expr) => new(QueryErrorKind.Execution, $"{expr.GetType().Name} yields no such value");
}
