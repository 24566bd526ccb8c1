namespace LiveDash.Core.Storage.Blocks;

/// <summary>Blocks of a series that become coarser ones.</summary>
/// <param name="Series">Which series.</param>
/// <param name="Blocks">Which blocks.</param>
/// <param name="Step">Of what length in ticks the summaries are.</param>
internal sealed record RollChoice(int Series, IReadOnlyList<BlockHeader> Blocks, long Step)
{
    // Of one series at a time: what is read at once, some ten megabytes.
    private const int MostBlocks = 64;

    // A block is rewritten some twenty times a tier at most, and not with each block that grows old.
    private const int Share = 20;
    private static readonly long s_most = TimeSpan.TicksPerDay;
    private static readonly long s_least = TimeSpan.TicksPerHour;

    /// <summary>What is due in a series; null where nothing is. Called again after what it says was done, until nothing is.</summary>
    /// <param name="series">Its sealed blocks.</param>
    /// <param name="tiers">Its tiers.</param>
    /// <param name="now">The time from which ages are counted.</param>
    public static RollChoice? Of(SeriesSnapshot series, IReadOnlyList<StorageTier> tiers, long now)
    {
        for (var i = tiers.Count - 1; i >= 0; i--)
        {
            var step = tiers[i].Step;
            if (step == 0) continue;
            var age = i == 0 ? 0 : tiers[i - 1].Keep;
            // Steps that are past as a whole.
            var edge = (now - age) / step * step;
            var old = Array.FindAll(series.Blocks, block => block.Step < step && block.MaxTime < edge);
            if (old.Length == 0 || old.Min(static block => block.MaxTime) >= edge - Math.Min(Math.Max(age, s_least) / Share, s_most)) continue;
            Array.Sort(old, static (a, b) => a.MinTime.CompareTo(b.MinTime));
            var chosen = old.Take(MostBlocks).ToList();
            // With the small one that was made last, so that many small ones do not stay; but none gets so long that it outlives its age by much, since blocks go as a whole.
            var end = chosen.Max(static block => block.MaxTime);
            if (series.Blocks.Where(block => block.Step == step).MaxBy(static block => block.MaxTime) is { Points: < BlockCodec.MaxPoints } small && end - small.MinTime <= tiers[i].Keep / Share) chosen.Insert(0, small);
            return new RollChoice(series.Series, chosen, step);
        }

        return null;
    }
}
