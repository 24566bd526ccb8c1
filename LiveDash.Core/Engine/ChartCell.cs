namespace LiveDash.Core.Engine;

/// <summary>A chart that leases share. Its counters belong to the shard, its columns and listeners are thread-safe.</summary>
internal sealed class ChartCell(long widthTicks, int columns)
{
    public ChartColumns Columns { get; } = new(widthTicks, columns);

    public int Kept { get; } = columns;

    public ChangeListeners Listeners { get; } = new();

    public int Leases { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>What arrived while the history is read; null before and afterwards.</summary>
    public PendingPoints? Pending { get; set; }

    /// <summary>Completes when the history is in.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
