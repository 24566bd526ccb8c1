namespace LiveDash.Tests.Core.Windows;

/// <summary>Aggregates computed the plain way from the points of a window, oldest first.</summary>
internal static class PlainAggregates
{
    public static double Of(string name, List<(long Time, double Value)> points, long now)
    {
        var values = points.Select(p => p.Value).ToArray();
        var words = name.Split(' ');
        var parameter = words.Length > 1 ? words[1] : "";
        if (values.Length == 0) return words[0] is "count" or "sum" or "distinct" ? 0 : double.NaN;
        if (words[0][0] == 'p') return Percentile(values, double.Parse(words[0][1..]));
        return words[0] switch
        {
            "count" => values.Length,
            "sum" => values.Sum(),
            "variance" => values.Sum(v => Math.Pow(v - values.Average(), 2)) / values.Length,
            "range" => values.Max() - values.Min(),
            "delta" => values[^1] - values[0],
            "increase" => values.Skip(1).Zip(values, (after, before) => after >= before ? after - before : after).Sum(),
            "r2" => RSquared(points),
            "distinct" => values.Distinct().Count(),
            "above" => values.Count(v => v > double.Parse(parameter)) / (double)values.Length,
            "below" => values.Count(v => v < double.Parse(parameter)) / (double)values.Length,
            "mad" => Mad(values),
            "zscore" => Score(values),
            "ewma" => Ewma(points, double.Parse(parameter.TrimEnd('s'))),
            "twmean" => TimeWeighted(points, now),
            _ => throw new ArgumentException(name),
        };
    }

    public static double Percentile(double[] values, double percent)
    {
        var sorted = values.Order().ToArray();
        var at = percent / 100 * (sorted.Length - 1);
        var low = (int)Math.Floor(at);
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    private static double Mad(double[] values)
    {
        var median = Percentile(values, 50);
        return Percentile(values.Select(v => Math.Abs(v - median)).ToArray(), 50);
    }

    private static double Score(double[] values)
    {
        var distance = values[^1] - Percentile(values, 50);
        return distance == 0 ? 0 : Math.Clamp(distance / (1.4826022185056018 * Mad(values)), -double.MaxValue, double.MaxValue);
    }

    private static double RSquared(List<(long Time, double Value)> points)
    {
        var times = points.Select(p => (p.Time - points[0].Time) * 1e-7).ToArray();
        var values = points.Select(p => p.Value).ToArray();
        var spreadTime = times.Sum(t => Math.Pow(t - times.Average(), 2));
        var spread = values.Sum(v => Math.Pow(v - values.Average(), 2));
        if (spreadTime == 0) return double.NaN;
        if (values.Max() == values.Min()) return 1;
        var both = times.Zip(values, (t, v) => (t - times.Average()) * (v - values.Average())).Sum();
        return both * both / spreadTime / spread;
    }

    private static double Ewma(List<(long Time, double Value)> points, double halfLife)
    {
        var weights = points.Select(p => Math.Pow(2, -((points[^1].Time - p.Time) * 1e-7) / halfLife)).ToArray();
        return points.Zip(weights, (p, w) => p.Value * w).Sum() / weights.Sum();
    }

    private static double TimeWeighted(List<(long Time, double Value)> points, long now)
    {
        if (now == points[0].Time) return points[^1].Value;
        var area = 0.0;
        for (var i = 0; i < points.Count; i++) area += points[i].Value * ((i + 1 < points.Count ? points[i + 1].Time : now) - points[i].Time);
        return area / (now - points[0].Time);
    }
}
