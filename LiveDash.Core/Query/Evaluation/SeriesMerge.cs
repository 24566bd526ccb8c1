using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Puts series that came to have the same labels together. Stateless.</summary>
internal static class SeriesMerge
{
    private const string SameLabels = "vector cannot contain metrics with the same labelset";

    /// <summary>One series a set of labels, in the order in which they came first.</summary>
    /// <exception cref="QueryException">Two have a value at the same step.</exception>
    public static List<StepSeries> Of(List<StepSeries> series, string fault = SameLabels)
    {
        var places = new Dictionary<LabelSet, int>(series.Count);
        var merged = series;
        for (var i = 0; i < series.Count; i++)
        {
            var one = series[i];
            if (places.TryAdd(one.Labels, merged == series ? i : merged.Count))
            {
                if (merged != series) merged.Add(one);
                continue;
            }

            // The first that meets another; until then nothing is copied.
            if (merged == series) merged = series.GetRange(0, i);
            var place = places[one.Labels];
            merged[place] = new(one.Labels, Both(merged[place].Values, one.Values, fault));
        }

        return merged;
    }

    private static double[] Both(double[] first, double[] second, string fault)
    {
        var both = (double[])first.Clone();
        for (var i = 0; i < both.Length; i++)
        {
            if (second[i].IsAbsent()) continue;
            if (!both[i].IsAbsent()) throw new QueryException(QueryErrorKind.Execution, fault);
            both[i] = second[i];
        }

        return both;
    }
}
