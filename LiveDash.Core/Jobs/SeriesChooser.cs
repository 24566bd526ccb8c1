using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Decides which series a plot shows: those of numbers, since plots have axes of numbers. Thread-safe.</summary>
internal sealed class SeriesChooser(SeriesCatalog catalog, IPointStore store, Limits limits)
{
    private const int MostUnnamed = 8;

    /// <summary>The faults of the patterns: those that are no pattern, and those that match nothing, or states alone.</summary>
    internal IReadOnlyList<FieldFault> Check(IReadOnlyList<string> patterns)
    {
        var faults = new List<FieldFault>();
        foreach (var text in patterns)
        {
            if (!SeriesPattern.TryParse(text, out var pattern)) faults.Add(new("series", $"'{text}' is not a series."));
            else if (Find(pattern!) is var found && found.Count == 0) faults.Add(new("series", $"There is no series '{text}'. GET /api/series lists all."));
            else if (found.TrueForAll(HoldsStates)) faults.Add(new("series", $"'{text}' holds states, which are texts; a plot draws numbers. The panel States over time shows them."));
        }

        return faults;
    }

    /// <summary>The series to show: those that the patterns match, in their order, or the eight with most points in the range.</summary>
    /// <exception cref="PlotException">There are more than one plot may show.</exception>
    internal IReadOnlyList<PlotSeries> Choose(IReadOnlyList<string> patterns, TimeRange range, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> chosen = patterns.Count == 0 ? MostPoints(range, cancellationToken) : Matching(patterns);
        if (chosen.Count > limits.MaxPlotSeries)
        {
            throw new PlotException($"The patterns match {chosen.Count:N0} series; LiveDash:Limits:MaxPlotSeries allows {limits.MaxPlotSeries:N0}.");
        }

        return [.. chosen.Select(number => new PlotSeries(number, catalog[number], catalog.Colors[number]))];
    }

    // A name alone, such as delay, also means every series of that name, whatever its tags: plots by tag are asked for like that.
    private List<int> Find(SeriesPattern pattern)
    {
        var found = catalog.Match(pattern);
        if (found.Count > 0 || !pattern.IsExact) return found;
        var spelled = pattern.ExactKey;
        for (var number = 0; number < catalog.Count; number++)
        {
            var key = catalog[number];
            if (key.Name == spelled.Name && spelled.Tags.All(tag => key.Tag(tag.Key) == tag.Value)) found.Add(number);
        }

        return found;
    }

    private List<int> Matching(IReadOnlyList<string> patterns)
    {
        var found = new List<int>();
        var seen = new HashSet<int>();
        foreach (var text in patterns)
        {
            if (!SeriesPattern.TryParse(text, out var pattern)) continue;
            foreach (var number in Find(pattern!).OrderBy(n => catalog[n].ToString(), StringComparer.Ordinal))
            {
                if (!HoldsStates(number) && seen.Add(number)) found.Add(number);
            }
        }

        return found;
    }

    // A series' count over all time bounds its count in the range, so only those are counted point by point that can still come among the first.
    private List<int> MostPoints(TimeRange range, CancellationToken cancellationToken)
    {
        var best = new List<(long Count, int Series)>();
        var unsure = new List<SeriesStats>();
        foreach (var stats in store.GetStats())
        {
            if (stats.Count == 0 || stats.Last < range.From || stats.First >= range.To || HoldsStates(stats.Series)) continue;
            if (range.Contains(stats.First) && range.Contains(stats.Last)) best.Add((stats.Count, stats.Series));
            else unsure.Add(stats);
        }

        Trim(best);
        foreach (var stats in unsure.OrderByDescending(static s => s.Count))
        {
            if (best.Count == MostUnnamed && best[^1].Count >= stats.Count) break;
            long count = 0;
            Scan.Run(store, new PointQuery { Series = [stats.Series], Range = range }, block => count += block.Count, cancellationToken);
            if (count > 0) best.Add((count, stats.Series));
            Trim(best);
        }

        return [.. best.Select(static b => b.Series).OrderBy(n => catalog[n].ToString(), StringComparer.Ordinal)];
    }

    private bool HoldsStates(int series) => catalog.States.ContentOf(series) == SeriesContent.States;

    private static void Trim(List<(long Count, int Series)> best)
    {
        best.Sort(static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Series.CompareTo(b.Series));
        if (best.Count > MostUnnamed) best.RemoveRange(MostUnnamed, best.Count - MostUnnamed);
    }
}
