namespace LiveDash.Benchmarks.Detection;

/// <summary>
/// VUS-PR (Paparrizos et al., VLDB 2022): the area under precision and recall of a score, over all thresholds and over buffers around the truth of rising length,
/// so that neither a threshold nor a point early or late decides.
/// </summary>
internal static class SurfaceVolume
{
    private const int Buffers = 4;

    /// <summary>0 to 1 over all points of all series; higher is better.</summary>
    /// <param name="scored">Each series with its scores.</param>
    /// <param name="longest">The longest buffer, in points.</param>
    public static double Of(IReadOnlyList<(SyntheticSeries Series, double[] Scores)> scored, int longest)
    {
        var volume = 0.0;
        for (var step = 0; step <= Buffers; step++) volume += Area(scored, longest * step / Buffers);
        return volume / (Buffers + 1);
    }

    private static double Area(IReadOnlyList<(SyntheticSeries Series, double[] Scores)> scored, int buffer)
    {
        var all = new List<(double Score, double Label)>();
        foreach (var (series, scores) in scored)
        {
            for (var i = SyntheticSeries.Day; i < scores.Length; i++) all.Add((scores[i], Label(series, i, buffer)));
        }

        var positives = all.Sum(static one => one.Label);
        if (positives == 0) return double.NaN;
        all.Sort(static (one, other) => other.Score.CompareTo(one.Score));
        double area = 0, hits = 0, recall = 0;
        for (var i = 0; i < all.Count; i++)
        {
            hits += all[i].Label;
            if (i + 1 < all.Count && all[i + 1].Score == all[i].Score) continue;
            area += hits / (i + 1) * ((hits / positives) - recall);
            recall = hits / positives;
        }

        return area;
    }

    private static double Label(SyntheticSeries series, int at, int buffer)
    {
        if (series.From < 0) return 0;
        var off = at < series.From ? series.From - at : at >= series.To ? at - series.To + 1 : 0;
        return off == 0 ? 1 : off > buffer ? 0 : Math.Sqrt(1 - (off / (buffer + 1.0)));
    }
}
