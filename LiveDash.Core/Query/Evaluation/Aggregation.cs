using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Aggregations whose result is one number a group: series by series over all steps, with a partial a step. Stateless.</summary>
internal static class Aggregation
{
    /// <summary>The result of a group at each step.</summary>
    public static double[] Of(AggregateOperator op, List<StepSeries> series, int steps) => op switch
    {
        AggregateOperator.Sum => Fold<KahanSum>(series, steps, static (ref KahanSum sum, double value) => sum.Add(value), static sum => sum.Value),
        AggregateOperator.Avg => Fold<RunningMean>(series, steps, static (ref RunningMean mean, double value) => mean.Add(value), static mean => mean.Value),
        AggregateOperator.Stddev => Fold<Spread>(series, steps, static (ref Spread spread, double value) => spread.Add(value), static spread => Math.Sqrt(spread.Variance)),
        AggregateOperator.Stdvar => Fold<Spread>(series, steps, static (ref Spread spread, double value) => spread.Add(value), static spread => spread.Variance),
        AggregateOperator.Min => Reduce(series, steps, static value => value, static (known, value) => value < known || double.IsNaN(known) ? value : known),
        AggregateOperator.Max => Reduce(series, steps, static value => value, static (known, value) => value > known || double.IsNaN(known) ? value : known),
        AggregateOperator.Count => Reduce(series, steps, static _ => 1, static (known, _) => known + 1),
        _ => Reduce(series, steps, static _ => 1, static (_, _) => 1),
    };

    private delegate void Adder<T>(ref T partial, double value);

    private static double[] Fold<T>(List<StepSeries> series, int steps, Adder<T> add, Func<T, double> result)
        where T : struct
    {
        var partials = new T[steps];
        var results = Absence.Steps(steps);
        foreach (var one in series)
        {
            var values = one.Values;
            for (var i = 0; i < steps; i++)
            {
                if (values[i].IsAbsent()) continue;
                add(ref partials[i], values[i]);
                results[i] = 0;
            }
        }

        for (var i = 0; i < steps; i++)
        {
            if (!results[i].IsAbsent()) results[i] = result(partials[i]);
        }

        return results;
    }

    private static double[] Reduce(List<StepSeries> series, int steps, Func<double, double> first, Func<double, double, double> next)
    {
        var results = Absence.Steps(steps);
        foreach (var one in series)
        {
            var values = one.Values;
            for (var i = 0; i < steps; i++)
            {
                if (!values[i].IsAbsent()) results[i] = results[i].IsAbsent() ? first(values[i]) : next(results[i], values[i]);
            }
        }

        return results;
    }
}
