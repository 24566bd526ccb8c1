namespace LiveDash.Core.Storage;

/// <summary>How a store downsamples series as they grow old. Thread-safe.</summary>
public interface IStoreTiers
{
    /// <summary>Which tiers are in force.</summary>
    StorageTiers Tiers { get; }

    /// <summary>Puts others in force: what is due by them is done in the next rounds of upkeep. What was downsampled stays so.</summary>
    void Use(StorageTiers tiers);

    /// <summary>Reckons what others would make of the sealed points, without doing so: by the headers of the blocks, nothing is read.</summary>
    /// <param name="tiers">Which.</param>
    /// <param name="now">The time from which ages are counted, in UTC ticks.</param>
    TierCost Weigh(StorageTiers tiers, long now);
}
