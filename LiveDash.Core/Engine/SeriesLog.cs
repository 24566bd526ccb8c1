using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>
/// The points of one series that its windows of one lateness share, those windows, and what waits for the series' past. Owned by the series' shard.
/// </summary>
internal sealed class SeriesLog(TimeSpan lateness)
{
    /// <summary>How late a point may come and still count.</summary>
    public TimeSpan Lateness => lateness;

    /// <summary>The shared points.</summary>
    public SeriesWindows Points { get; private set; } = new(lateness);

    /// <summary>Its windows: one for each spec, or more where leases need different aggregates. Bounded by the leases.</summary>
    public List<WindowCell> Cells { get; } = [];

    /// <summary>What arrives while the series' past is being read from the store; null while nothing is read.</summary>
    public PendingPoints? Pending { get; set; }

    /// <summary>The window whose past is being read.</summary>
    public WindowCell? Loading { get; set; }

    /// <summary>How many readers lease its windows.</summary>
    public int Leases { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>True while points go into it: at least one window has its past.</summary>
    public bool IsLive => Points.Count > 0;

    /// <summary>Begins anew without a point: every window waits for its past again.</summary>
    public void Restart()
    {
        Points = new SeriesWindows(lateness);
        foreach (var cell in Cells) cell.Wait();
    }

    /// <summary>True when a window of this kind needs nothing from the store.</summary>
    public bool Covers(WindowSpec spec) => Points.Covers(spec) || Cells.Exists(cell => !cell.IsWaiting && cell.Spec.Equals(spec));

    /// <summary>The window that waits and reaches back furthest, or null: its past serves most of the others too.</summary>
    public WindowCell? NextWaiting()
    {
        WindowCell? next = null;
        foreach (var cell in Cells)
        {
            if (cell.IsWaiting && (next is null || IsWider(cell.Spec, next.Spec))) next = cell;
        }

        return next;
    }

    private static bool IsWider(WindowSpec one, WindowSpec other) =>
        one.Kind == WindowKind.Count ? other.Kind == WindowKind.Count && one.Points > other.Points
            : other.Kind == WindowKind.Count || one.Size > other.Size;
}
