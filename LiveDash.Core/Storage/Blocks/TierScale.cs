using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Reckons what tiers make of sealed blocks, from the headers alone. Stateless.</summary>
internal static class TierScale
{
    // A row that stands for several has four more columns of the kind of its value, and its id and time take less than that.
    private const double SummaryBytes = 4;

    /// <summary>What they make of all series.</summary>
    /// <param name="series">The sealed blocks.</param>
    /// <param name="keys">The names.</param>
    /// <param name="tiers">The tiers.</param>
    /// <param name="now">From when ages are counted.</param>
    public static TierCost Weigh(IEnumerable<SeriesSnapshot> series, SeriesCatalog keys, StorageTiers tiers, long now)
    {
        var matches = new int[tiers.Count];
        var places = new int[keys.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = tiers.Place(keys[i]);
            if (places[i] >= 0) matches[places[i]]++;
        }

        long rows = 0, rowsAfter = 0, bytes = 0, bytesAfter = 0, deleted = 0;
        foreach (var one in series)
        {
            if (one.Series >= places.Length || places[one.Series] < 0) continue;
            foreach (var block in one.Blocks)
            {
                rows += block.Points;
                bytes += block.Bytes;
                if (Step(tiers[places[one.Series]], now - block.MaxTime) is not { } step)
                {
                    deleted += block.Points;
                    continue;
                }

                // As many as there are steps, but no more than there are rows.
                var left = step <= block.Step ? block.Points : Math.Min(block.Points, (block.MaxTime / step) - (block.MinTime / step) + 1);
                rowsAfter += left;
                bytesAfter += (long)(block.Bytes * ((double)left / block.Points) * (step > 0 && block.Step == 0 ? SummaryBytes : 1));
            }
        }

        return new TierCost(matches, rows, rowsAfter, bytes, Math.Min(bytes, bytesAfter), deleted);
    }

    // Null for what is older than the last tier.
    private static long? Step(IReadOnlyList<StorageTier> tiers, long age)
    {
        foreach (var (step, keep) in tiers)
        {
            if (age < keep) return step;
        }

        return null;
    }
}
