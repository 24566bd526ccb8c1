using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

internal sealed partial class Evaluator
{
    private double[] ScalarCall(CallExpr call, StepGrid grid)
    {
        switch (call.Function.Name)
        {
            case "time":
                return Map(grid, grid.Seconds);
            case "pi":
                return Map(grid, static _ => Math.PI);
        }

        // What is left is scalar().
        var series = Vector(call.Arguments[0], grid);
        var values = Absence.Steps(grid.Count);
        var counts = new int[grid.Count];
        foreach (var one in series)
        {
            for (var i = 0; i < grid.Count; i++)
            {
                if (one.Values[i].IsAbsent()) continue;
                values[i] = one.Values[i];
                counts[i]++;
            }
        }

        return Map(grid, step => counts[step] == 1 ? values[step] : double.NaN);
    }

    private List<StepSeries> VectorCall(CallExpr call, StepGrid grid)
    {
        var name = call.Function.Name;
        if (RangeFunctions.TryFind(name, out var range)) return OverRange(call, range, grid);
        if (VectorFunctions.TryFind(name, out var function))
        {
            var series = call.Arguments.Count == 0 ? Moments(grid) : Vector(call.Arguments[0], grid);
            return SeriesMerge.Of(series.ConvertAll(one => Mapped(one, function)));
        }

        return name switch
        {
            "absent" => Absent(call, Presence(Vector(call.Arguments[0], grid), grid), grid),
            "absent_over_time" => Absent(call, Presence(Range(call.Arguments[0], grid), grid), grid),
            "clamp" or "clamp_max" or "clamp_min" => Clamped(call, grid),
            "histogram_quantile" => new HistogramQuantile(budget).Of(Scalar(call.Arguments[0], grid), Vector(call.Arguments[1], grid), grid.Count),
            "label_join" => LabelFunctions.Join(Vector(call.Arguments[0], grid), [.. call.Arguments.Skip(1).Select(Text)]),
            "label_replace" => LabelFunctions.Replace(Vector(call.Arguments[0], grid), [.. call.Arguments.Skip(1).Select(Text)]),
            "round" => Rounded(call, grid),
            "sort" or "sort_desc" or "sort_by_label" or "sort_by_label_desc" => Sorted(call, Vector(call.Arguments[0], grid), grid),
            "timestamp" => Timestamps(call, grid),
            "vector" => [new(LabelSet.Empty, Scalar(call.Arguments[0], grid))],
            _ => throw Unknown(call),
        };
    }

    private static string Text(QueryExpr expr) => ((StringLiteral)SelectorReader.Unwrap(expr)).Value;

    private static List<StepSeries> Moments(StepGrid grid) => [new(LabelSet.Empty, Map(grid, grid.Seconds))];

    private List<StepSeries> OverRange(CallExpr call, RangeFunction function, StepGrid grid)
    {
        var numbers = call.Arguments.Where(static one => one.Kind == ValueKind.Scalar).Select(one => Scalar(one, grid)).ToList();
        if (call.Function.Name == "quantile_over_time")
        {
            foreach (var quantile in numbers[0]) WarnOfQuantile(quantile);
        }

        var input = Range(call.Arguments.First(static one => one.Kind == ValueKind.Matrix), grid);
        var keepsName = call.Function.Name == "last_over_time";
        var results = new List<StepSeries>();
        foreach (var series in input.Series)
        {
            budget.AddNumbers(grid.Count);
            var values = memo?.Window(call, series, numbers);
            if (values is null)
            {
                values = Windowed(series, input, function, numbers, grid);
                memo?.Keep(call, series, numbers, values);
            }

            if (values is null) continue;
            results.Add(new(keepsName ? series.Labels : series.Labels.WithoutName(), values));
        }

        return SeriesMerge.Of(results);
    }

    // Both edges of the windows only go on, so all steps are one pass over the points.
    private static double[]? Windowed(RangeSeries series, RangeInput input, RangeFunction function, List<double[]> numbers, StepGrid grid)
    {
        double[]? results = null;
        int first = 0, next = 0;
        for (var i = 0; i < grid.Count; i++)
        {
            var to = input.Lookup.At(grid, i);
            var from = to - input.Range;
            while (next < series.Count && series.Times[next] <= to) next++;
            while (first < next && series.Times[first] <= from) first++;
            if (first == next) continue;
            var window = new SampleWindow { Times = series.Times[first..next], Values = series.Values[first..next], Summaries = series.Summaries[first..next], From = from, To = to, At = grid.Time(i) };
            var value = function(window, numbers.Count > 0 ? numbers[0][i] : 0, numbers.Count > 1 ? numbers[1][i] : 0);
            if (!value.IsAbsent()) (results ??= Absence.Steps(grid.Count))[i] = value;
        }

        return results;
    }

    private static bool[] Presence(List<StepSeries> series, StepGrid grid)
    {
        var present = new bool[grid.Count];
        foreach (var one in series)
        {
            for (var i = 0; i < present.Length; i++) present[i] |= !one.Values[i].IsAbsent();
        }

        return present;
    }

    private static bool[] Presence(RangeInput input, StepGrid grid)
    {
        var present = new bool[grid.Count];
        foreach (var series in input.Series)
        {
            var values = Windowed(series, input, static (in SampleWindow _, double _, double _) => 1, [], grid);
            for (var i = 0; values is not null && i < present.Length; i++) present[i] |= !values[i].IsAbsent();
        }

        return present;
    }

    private static List<StepSeries> Absent(CallExpr call, bool[] present, StepGrid grid)
    {
        if (!present.Contains(false)) return [];
        var labels = SelectorReader.Unwrap(call.Arguments[0]) switch
        {
            VectorSelector selector => Named(selector),
            MatrixSelector matrix => Named(matrix.Selector),
            _ => LabelSet.Empty,
        };
        return [new(labels, Map(grid, step => present[step] ? Absence.Mark : 1))];
    }

    // The labels that the selector says; one that it says twice or otherwise than by a value it does not say.
    private static LabelSet Named(VectorSelector selector) =>
        LabelSet.Of(selector.Matchers
            .Where(static one => one.Label != LabelNames.Name)
            .GroupBy(static one => one.Label)
            .Where(static label => label.Count() == 1 && label.First().Kind == MatchKind.Equal)
            .Select(static label => new KeyValuePair<string, string>(label.Key, label.First().Value)));

    private List<StepSeries> Clamped(CallExpr call, StepGrid grid)
    {
        var series = Vector(call.Arguments[0], grid);
        var isMax = call.Function.Name == "clamp_max";
        var least = isMax ? null : Scalar(call.Arguments[1], grid);
        var most = isMax ? Scalar(call.Arguments[1], grid) : call.Arguments.Count > 2 ? Scalar(call.Arguments[2], grid) : null;
        return Stepwise(series, (value, step) =>
        {
            if (least is not null && most is not null && least[step] > most[step]) return Absence.Mark;
            if (most is not null) value = Math.Min(value, most[step]);
            return least is null ? value : Math.Max(value, least[step]);
        });
    }

    private List<StepSeries> Rounded(CallExpr call, StepGrid grid)
    {
        var series = Vector(call.Arguments[0], grid);
        var multiples = call.Arguments.Count > 1 ? Scalar(call.Arguments[1], grid) : Repeated(1, grid.Count);
        return Stepwise(series, (value, step) => VectorFunctions.Round(value, multiples[step]));
    }

    private static List<StepSeries> Stepwise(List<StepSeries> series, Func<double, int, double> function)
    {
        foreach (var one in series)
        {
            for (var i = 0; i < one.Values.Length; i++)
            {
                if (!one.Values[i].IsAbsent()) one.Values[i] = function(one.Values[i], i);
            }
        }

        return SeriesMerge.Of(series.ConvertAll(static one => one with { Labels = one.Labels.WithoutName() }));
    }

    // Of a selector the moments of its points, of anything else the moment of evaluation.
    private List<StepSeries> Timestamps(CallExpr call, StepGrid grid)
    {
        var series = Vector(call.Arguments[0], grid);
        if (SelectorReader.Unwrap(call.Arguments[0]) is VectorSelector) return Stepwise(series, static (value, _) => value);
        return Stepwise(series, (_, step) => grid.Seconds(step));
    }

    // An order has a meaning at one moment alone.
    private static List<StepSeries> Sorted(CallExpr call, List<StepSeries> series, StepGrid grid)
    {
        if (grid.Count != 1) return series;
        var present = series.Where(static one => !one.Values[0].IsAbsent());
        var descending = call.Function.Name.EndsWith("_desc", StringComparison.Ordinal);
        if (call.Function.Name.StartsWith("sort_by_label", StringComparison.Ordinal))
        {
            var order = new LabelOrder([.. call.Arguments.Skip(1).Select(Text)]);
            return [.. descending ? present.OrderByDescending(static one => one.Labels, order) : present.OrderBy(static one => one.Labels, order)];
        }

        var numbers = present.OrderBy(static one => double.IsNaN(one.Values[0]));
        return [.. descending ? numbers.ThenByDescending(static one => one.Values[0]) : numbers.ThenBy(static one => one.Values[0])];
    }
}
