namespace LiveDash.Core.Engine;

/// <summary>How the engine is sized; the section <c>LiveDash:Engine</c> of the settings.</summary>
public sealed class EngineOptions
{
    /// <summary>The most shards.</summary>
    public const int MaxShards = 64;

    /// <summary>How many shards there are, each with a loop of its own. Default 0: one a core. At most <see cref="MaxShards"/>.</summary>
    public int Shards { get; set; }

    /// <summary>How many batches wait before a shard; a sender waits when it is full. Default 256.</summary>
    public int QueueBatches { get; set; } = 256;

    /// <summary>How often time is moved on where no points come. Default 1 s.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most stored points a window is rebuilt from, the newest. Default 2,000,000.</summary>
    public int MaxRebuildPoints { get; set; } = 2_000_000;

    /// <summary>How many located points of a series a reader may fall behind before it loses the oldest. Default 65,536.</summary>
    public int LocatedCapacity { get; set; } = 65_536;

    /// <summary>How many shards there really are.</summary>
    internal int EffectiveShards => Math.Clamp(Shards == 0 ? Environment.ProcessorCount : Shards, 1, MaxShards);
}
