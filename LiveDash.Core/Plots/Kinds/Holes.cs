namespace LiveDash.Core.Plots.Kinds;

/// <summary>Tells a hole in the data from points that are far apart: a line is not drawn over it. Pure.</summary>
internal static class Holes
{
    // A point or two that are missing are no hole, nor is a source that is a little irregular.
    private const int Times = 8;

    /// <summary>The length in ticks beyond which there is a hole: eight times the usual distance of points, by their median; never for fewer than three.</summary>
    internal static long LongerThan(ReadOnlySpan<PixelColumn> columns)
    {
        var distances = new List<(long Ticks, long Count)>(columns.Length * 2);
        long total = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Count > 1) Add((columns[i].LastTime - columns[i].FirstTime) / (columns[i].Count - 1), columns[i].Count - 1);
            if (i > 0) Add(columns[i].FirstTime - columns[i - 1].LastTime, 1);
        }

        if (total < 2) return long.MaxValue;
        distances.Sort();
        long seen = 0;
        foreach (var (ticks, count) in distances)
        {
            seen += count;
            if (seen * 2 > total) return ticks > long.MaxValue / Times ? long.MaxValue : Math.Max(1, ticks) * Times;
        }

        return long.MaxValue;

        // Points of one instant say nothing about how often points come.
        void Add(long ticks, long count)
        {
            if (ticks <= 0) return;
            distances.Add((ticks, count));
            total += count;
        }
    }
}
