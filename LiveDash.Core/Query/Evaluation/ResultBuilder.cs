using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Makes an answer of what an evaluation yields: what is absent is left out. Stateless.</summary>
internal sealed class ResultBuilder(StepGrid grid, bool isInstant)
{
    private static readonly QueryUse s_nothing = new(0, 0, 0);

    /// <summary>The answer.</summary>
    public QueryResult Of(QueryExpr expr, Evaluator evaluator)
    {
        switch (expr.Kind)
        {
            case ValueKind.String:
                return Empty(ValueKind.String) with { Text = ((StringLiteral)SelectorReader.Unwrap(expr)).Value };
            case ValueKind.Matrix:
                return Empty(ValueKind.Matrix) with { Series = Windows(evaluator.Range(expr, grid)) };
            case ValueKind.Scalar:
                var values = evaluator.Scalar(expr, grid);
                return isInstant ? Empty(ValueKind.Scalar) with { Scalar = values[0] } : Empty(ValueKind.Matrix) with { Series = Present([new(LabelSet.Empty, values)]) };
            default:
                var series = Present(evaluator.Vector(expr, grid));
                return isInstant ? Empty(ValueKind.Vector) with { Series = series } : Empty(ValueKind.Matrix) with { Series = [.. series.OrderBy(static one => one.Labels)] };
        }
    }

    private QueryResult Empty(ValueKind kind) => new() { Kind = kind, At = grid.End, Use = s_nothing };

    private List<QueryPoints> Present(List<StepSeries> series)
    {
        var present = new List<QueryPoints>(series.Count);
        foreach (var one in series)
        {
            var count = 0;
            foreach (var value in one.Values) count += value.IsAbsent() ? 0 : 1;
            if (count == 0) continue;
            var (times, values) = (new long[count], new double[count]);
            var next = 0;
            for (var i = 0; i < grid.Count; i++)
            {
                if (one.Values[i].IsAbsent()) continue;
                times[next] = grid.Time(i);
                values[next++] = one.Values[i];
            }

            present.Add(new(one.Labels, times, values));
        }

        return present;
    }

    private List<QueryPoints> Windows(RangeInput input)
    {
        var found = new List<QueryPoints>();
        var to = input.Lookup.At(grid, 0);
        foreach (var series in input.Series)
        {
            int first = 0, next = series.Count;
            while (first < next && series.Times[first] <= to - input.Range) first++;
            while (next > first && series.Times[next - 1] > to) next--;
            if (next > first) found.Add(new(series.Labels, series.Times[first..next].ToArray(), series.Values[first..next].ToArray()));
        }

        return found;
    }
}
