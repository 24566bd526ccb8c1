using System.Globalization;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Functions;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Quantiles of classic histograms: series that differ in the label <c>le</c> alone are the buckets of one. Used by one evaluation.</summary>
internal sealed class HistogramQuantile(QueryBudget budget)
{
    /// <summary>The quantiles of each histogram at each step.</summary>
    public List<StepSeries> Of(double[] quantiles, List<StepSeries> series, int steps)
    {
        foreach (var quantile in quantiles)
        {
            if (quantile is not (>= 0 and <= 1)) budget.Warn($"PromQL warning: quantile value should be between 0 and 1, got {ExprText.Number(quantile)}");
        }

        var histograms = new Dictionary<LabelSet, List<(double Bound, double[] Counts)>>();
        foreach (var one in series)
        {
            if (!TryBound(one.Labels[LabelNames.Bucket], out var bound))
            {
                budget.Warn($"PromQL warning: bucket label \"le\" is missing or has a malformed value of {ExprText.Quote(one.Labels[LabelNames.Bucket])} for metric name {ExprText.Quote(one.Labels.Name)}");
                continue;
            }

            var labels = one.Labels.WithoutName().Without([LabelNames.Bucket]);
            if (!histograms.TryGetValue(labels, out var buckets)) histograms[labels] = buckets = [];
            buckets.Add((bound, one.Values));
        }

        var results = new List<StepSeries>(histograms.Count);
        foreach (var (labels, buckets) in histograms) results.Add(new(labels, Quantiles(quantiles, buckets, steps)));
        return results;
    }

    private double[] Quantiles(double[] quantiles, List<(double Bound, double[] Counts)> all, int steps)
    {
        budget.AddNumbers(steps);
        var results = Absence.Steps(steps);
        var buckets = new Buckets();
        for (var i = 0; i < steps; i++)
        {
            buckets.Clear();
            foreach (var (bound, counts) in all)
            {
                if (!counts[i].IsAbsent()) buckets.Add(bound, counts[i]);
            }

            if (buckets.Count == 0) continue;
            results[i] = buckets.Quantile(quantiles[i]);
            if (buckets.WasLifted) budget.Warn("PromQL info: input to histogram_quantile needed to be fixed for monotonicity");
        }

        return results;
    }

    private static bool TryBound(string text, out double bound)
    {
        bound = double.PositiveInfinity;
        return text is "+Inf" or "Inf" or "inf" or "+inf" || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound);
    }
}
