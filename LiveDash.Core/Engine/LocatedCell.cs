namespace LiveDash.Core.Engine;

/// <summary>The located points of a series that leases share. Its counters belong to the shard.</summary>
internal sealed class LocatedCell(int capacity)
{
    public LocatedRing Ring { get; } = new(capacity);

    public ChangeListeners Listeners { get; } = new();

    public int Leases { get; set; }

    public bool IsDirty { get; set; }
}
