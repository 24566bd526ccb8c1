using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

internal sealed partial class Evaluator
{
    private List<StepSeries> Aggregate(AggregateExpr aggregate, StepGrid grid)
    {
        var parameter = aggregate.Parameter is { Kind: ValueKind.Scalar } scalar ? Scalar(scalar, grid) : null;
        if (aggregate.Operator.Selects() && parameter is not null) CheckCounts(aggregate, parameter);
        var series = Vector(aggregate.Inner, grid);
        var groups = Groups(aggregate, series);
        budget.AddNumbers(2L * groups.Count * grid.Count);
        return aggregate.Operator switch
        {
            AggregateOperator.Topk or AggregateOperator.Bottomk => Selected(aggregate, groups, parameter!, grid),
            AggregateOperator.CountValues => Counted(((StringLiteral)SelectorReader.Unwrap(aggregate.Parameter!)).Value, groups, grid),
            AggregateOperator.Quantile => Quantile(groups, parameter!, grid),
            _ => groups.ConvertAll(group => new StepSeries(group.Labels, Aggregation.Of(aggregate.Operator, group.Series, grid.Count))),
        };
    }

    private static List<(LabelSet Labels, List<StepSeries> Series)> Groups(AggregateExpr aggregate, List<StepSeries> series)
    {
        var groups = new List<(LabelSet Labels, List<StepSeries> Series)>();
        var places = new Dictionary<LabelSet, int>();
        foreach (var one in series)
        {
            var labels = aggregate.IsWithout ? one.Labels.WithoutName().Without(aggregate.Labels) : one.Labels.Keep(aggregate.Labels);
            if (!places.TryGetValue(labels, out var place))
            {
                places[labels] = place = groups.Count;
                groups.Add((labels, []));
            }

            groups[place].Series.Add(one);
        }

        return groups;
    }

    private static void CheckCounts(AggregateExpr aggregate, double[] counts)
    {
        foreach (var count in counts)
        {
            if (double.IsNaN(count)) throw new QueryException(QueryErrorKind.Execution, "Parameter value is NaN");
            if (count is <= long.MinValue or >= long.MaxValue) throw new QueryException(QueryErrorKind.Execution, $"Scalar value {count} overflows int64 in {aggregate.Operator.Text()}");
        }
    }

    private List<StepSeries> Selected(AggregateExpr aggregate, List<(LabelSet Labels, List<StepSeries> Series)> groups, double[] counts, StepGrid grid)
    {
        var results = new List<StepSeries>();
        foreach (var (_, series) in groups)
        {
            budget.AddNumbers((long)series.Count * grid.Count);
            var kept = new double[series.Count][];
            var order = new List<int>();
            for (var i = 0; i < grid.Count; i++)
            {
                order.Clear();
                for (var place = 0; place < series.Count; place++)
                {
                    if (!series[place].Values[i].IsAbsent()) order.Add(place);
                }

                var step = i;
                order.Sort((a, b) => Compare(aggregate.Operator, series[a].Values[step], series[b].Values[step]) is var sign && sign != 0 ? sign : a.CompareTo(b));
                var most = (int)Math.Clamp((long)counts[i], 0, order.Count);
                for (var rank = 0; rank < most; rank++) (kept[order[rank]] ??= Absence.Steps(grid.Count))[i] = series[order[rank]].Values[i];
            }

            // One step alone has an order by value to show.
            var shown = grid.Count == 1 ? order : Enumerable.Range(0, series.Count);
            results.AddRange(shown.Where(place => kept[place] is not null).Select(place => new StepSeries(series[place].Labels, kept[place])));
        }

        return results;
    }

    // What is not a number comes last.
    private static int Compare(AggregateOperator op, double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b)) return double.IsNaN(a).CompareTo(double.IsNaN(b));
        return op == AggregateOperator.Topk ? b.CompareTo(a) : a.CompareTo(b);
    }

    private List<StepSeries> Quantile(List<(LabelSet Labels, List<StepSeries> Series)> groups, double[] quantiles, StepGrid grid)
    {
        foreach (var quantile in quantiles) WarnOfQuantile(quantile);
        return groups.ConvertAll(group =>
        {
            var results = Absence.Steps(grid.Count);
            var numbers = new double[group.Series.Count];
            for (var i = 0; i < grid.Count; i++)
            {
                var count = 0;
                foreach (var one in group.Series)
                {
                    if (!one.Values[i].IsAbsent()) numbers[count++] = one.Values[i];
                }

                if (count > 0) results[i] = Quantiles.Of(quantiles[i], numbers.AsSpan(0, count));
            }

            return new StepSeries(group.Labels, results);
        });
    }

    private List<StepSeries> Counted(string label, List<(LabelSet Labels, List<StepSeries> Series)> groups, StepGrid grid)
    {
        var counts = new Dictionary<LabelSet, double[]>();
        var results = new List<StepSeries>();
        var seen = new Dictionary<double, double[]>();
        foreach (var (labels, series) in groups)
        {
            seen.Clear();
            foreach (var one in series)
            {
                for (var i = 0; i < grid.Count; i++)
                {
                    if (one.Values[i].IsAbsent()) continue;
                    if (!seen.TryGetValue(one.Values[i], out var steps))
                    {
                        var named = labels.With(label, PlainNumber.Text(one.Values[i]));
                        if (!counts.TryGetValue(named, out steps))
                        {
                            budget.AddNumbers(grid.Count);
                            counts[named] = steps = Absence.Steps(grid.Count);
                            results.Add(new(named, steps));
                        }

                        seen[one.Values[i]] = steps;
                    }

                    steps[i] = steps[i].IsAbsent() ? 1 : steps[i] + 1;
                }
            }
        }

        return results;
    }

    private void WarnOfQuantile(double quantile)
    {
        if (quantile is not (>= 0 and <= 1)) budget.Warn($"PromQL warning: quantile value should be between 0 and 1, got {ExprText.Number(quantile)}");
    }
}
