namespace LiveDash.Core.Engine;

/// <summary>A chart that leases share. Its counters belong to the shard, its columns and listeners are thread-safe.</summary>
internal sealed class ChartCell(long widthTicks, int columns)
{
    private ChartColumns _columns = new(widthTicks, columns);
    private int _generation;

    public ChartColumns Columns => Volatile.Read(ref _columns);

    /// <summary>Grows each time the chart begins anew: then what a reader holds is of no use.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public int Kept { get; } = columns;

    public ChangeListeners Listeners { get; } = new();

    public int Leases { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>Completes when the history is in.</summary>
    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins anew without a point.</summary>
    public void Restart()
    {
        Volatile.Write(ref _columns, new ChartColumns(_columns.WidthTicks, Kept));
        Volatile.Write(ref _generation, _generation + 1);
    }
}
