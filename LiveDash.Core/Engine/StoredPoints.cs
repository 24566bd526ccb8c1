namespace LiveDash.Core.Engine;

/// <summary>What the store gave of one series, by time.</summary>
internal sealed class StoredPoints
{
    /// <summary>The points.</summary>
    public PointBuffer Points { get; } = new();

    /// <summary>The newest sequence number among them; 0 when there are none.</summary>
    public long NewestId { get; set; }

    /// <summary>From this tick on they are all the store has of the series; <see cref="long.MaxValue"/> where it could not be read.</summary>
    public long WholeSince { get; set; } = long.MaxValue;

    /// <summary>The event time of the oldest point the store keeps of the series, or null.</summary>
    public long? First { get; set; }
}
