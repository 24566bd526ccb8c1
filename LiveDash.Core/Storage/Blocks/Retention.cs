namespace LiveDash.Core.Storage.Blocks;

/// <summary>Chooses the sealed blocks that must go: whole blocks only, so up to 4,095 points of a series are kept longer than asked.</summary>
internal static class Retention
{
    // When there is too much, so much more goes, as a share of the bound: not at every step again.
    private const double Slack = 0.02;

    /// <summary>Blocks whose last point is older than the setting allows, at a time that <see cref="RetentionClock"/> gives.</summary>
    public static IReadOnlyDictionary<int, List<BlockHeader>> TooOld(StoreParts parts, long now)
    {
        var days = parts.Options.RetentionDays;
        if (days <= 0 && parts.Tiers.IsEmpty) return new Dictionary<int, List<BlockHeader>>();
        var oldest = days <= 0 ? long.MinValue : now - (long)(Math.Min(days, 1_000_000) * TimeSpan.TicksPerDay);
        return Group(parts.Index.SnapshotBlocks().SelectMany(series => TooOld(series, Oldest(parts, series.Series, now, oldest)).Select(block => (series.Series, block))));
    }

    // Of a series in tiers the last one's age counts, in the place of the setting for all.
    private static long Oldest(StoreParts parts, int series, long now, long oldest) =>
        parts.Tiers.IsEmpty || parts.Tiers.Of(series) is not [.., var last] ? oldest : now - last.Keep;

    private static IEnumerable<BlockHeader> TooOld(SeriesSnapshot series, long oldest) => series.Blocks.Where(block => block.MaxTime < oldest);

    /// <summary>The oldest blocks of all series, until the bytes in use are within the bound.</summary>
    public static IReadOnlyDictionary<int, List<BlockHeader>> TooMuch(StoreParts parts, long usedBytes)
    {
        var max = parts.Options.MaxBytes;
        if (max <= 0 || usedBytes <= max) return new Dictionary<int, List<BlockHeader>>();
        var excess = usedBytes - max + (long)(max * Slack);
        var doomed = new List<(int, BlockHeader)>();
        foreach (var pair in All(parts).OrderBy(static pair => pair.Block.MaxTime))
        {
            if (excess <= 0) break;
            doomed.Add(pair);
            excess -= pair.Block.Bytes;
        }

        return Group(doomed);
    }

    private static IEnumerable<(int Series, BlockHeader Block)> All(StoreParts parts) =>
        parts.Index.SnapshotBlocks().SelectMany(static series => series.Blocks.Select(block => (series.Series, block)));

    private static Dictionary<int, List<BlockHeader>> Group(IEnumerable<(int Series, BlockHeader Block)> blocks) =>
        blocks.GroupBy(static pair => pair.Series).ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.Block).ToList());
}
