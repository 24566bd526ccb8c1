namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// Places panels on a raster of <see cref="Columns"/> columns. Panels fall upwards until they touch the one above or the top, as in most tools of
/// this kind, and to the left where they were moved, sized or taken away: so there is never an overlap, nor a hole one could close by moving up or left. Pure functions; safe on any thread.
/// </summary>
public static class DashboardLayout
{
    /// <summary>How many columns the raster has.</summary>
    public const int Columns = 12;

    /// <summary>The highest panel, in rows.</summary>
    public const int MaxHeight = 24;

    /// <summary>The size that suits a kind at first.</summary>
    public static (int W, int H) DefaultSize(PanelKind kind) => kind switch
    {
        PanelKind.Stat => (3, 2),
        PanelKind.Grid => (4, 6),
        PanelKind.States => (6, 3),
        PanelKind.Series => (12, 6),
        PanelKind.Image => (6, 5),
        PanelKind.Section => (Columns, 1),
        _ => (6, 4),
    };

    /// <summary>Puts a panel where it fits without moving any other: the highest place, then the leftmost. Its own X and Y are ignored.</summary>
    public static Dashboard Add(Dashboard dashboard, DashboardPanel panel)
    {
        var bottom = dashboard.Panels.Select(t => t.Bottom).DefaultIfEmpty().Max();
        for (var y = 0; y <= bottom; y++)
        {
            for (var x = 0; x + panel.W <= Columns; x++)
            {
                var placed = panel with { X = x, Y = y };
                if (!dashboard.Panels.Any(other => Overlap(placed, other))) return dashboard with { Panels = Ordered([.. dashboard.Panels, placed]) };
            }
        }

        return dashboard with { Panels = Ordered([.. dashboard.Panels, panel with { X = 0, Y = bottom }]) };
    }

    /// <summary>
    /// Moves a panel to a place, kept within the columns. A panel it meets in its upper half moves below it; one it meets in its lower half stays above.
    /// The hole that it leaves closes from the right as from below; it stays in the column it was put in and rises as far as there is room. An unknown id changes nothing.
    /// </summary>
    public static Dashboard Move(Dashboard dashboard, string panelId, int x, int y)
    {
        if (dashboard.Find(panelId) is not { } panel) return dashboard;
        var moved = panel with { X = Math.Clamp(x, 0, Columns - panel.W), Y = Math.Max(y, 0) };
        if ((moved.X, moved.Y) == (panel.X, panel.Y)) return dashboard;
        var without = CloseGaps(dashboard with { Panels = [.. dashboard.Panels.Where(other => other.Id != panelId)] });
        return CloseGaps(dashboard with { Panels = Fall([.. InOrder(dashboard, moved).Select(one => one.Id == panelId ? one : one with { X = without.Find(one.Id)!.X })]) }, panelId);
    }

    /// <summary>Moves a panel past its neighbour above (-1) or below (+1); without one there nothing changes.</summary>
    public static Dashboard MovePast(Dashboard dashboard, string panelId, int direction)
    {
        if (dashboard.Find(panelId) is not { } panel) return dashboard;
        var others = dashboard.Panels.Where(other => other.Id != panelId && other.SharesColumnWith(panel));
        if (direction < 0)
        {
            var above = others.Where(other => other.Y < panel.Y).MaxBy(other => other.Y);
            return above is null ? dashboard : Move(dashboard, panelId, panel.X, above.Y);
        }

        var below = others.Where(other => other.Y > panel.Y).MinBy(other => other.Y);
        return below is null ? dashboard : Move(dashboard, panelId, panel.X, below.Y + (below.H / 2) + 1);
    }

    /// <summary>Gives a panel a size, kept within the raster. An unknown id changes nothing.</summary>
    public static Dashboard Resize(Dashboard dashboard, string panelId, int w, int h)
    {
        if (dashboard.Find(panelId) is not { } panel) return dashboard;
        return Settle(dashboard, panel with { W = Math.Clamp(w, 1, Columns - panel.X), H = Math.Clamp(h, 1, MaxHeight) });
    }

    /// <summary>Puts a changed panel in the place of the one with its id.</summary>
    public static Dashboard Replace(Dashboard dashboard, DashboardPanel panel) =>
        dashboard.Find(panel.Id) is { } old && (old.X, old.Y, old.W, old.H) == (panel.X, panel.Y, panel.W, panel.H)
            ? dashboard with { Panels = [.. dashboard.Panels.Select(one => one.Id == panel.Id ? panel : one)] }
            : Settle(dashboard, panel);

    /// <summary>Takes a panel away and closes the hole: what stood beside it moves to the left, what stood below moves up.</summary>
    public static Dashboard Remove(Dashboard dashboard, string panelId) =>
        CloseGaps(dashboard with { Panels = [.. dashboard.Panels.Where(panel => panel.Id != panelId)] });

    /// <summary>Puts a copy of a panel under an id of its own right after it: beside it where there is room, else below. An unknown id changes nothing.</summary>
    public static Dashboard Duplicate(Dashboard dashboard, string panelId, string newId)
    {
        if (dashboard.Find(panelId) is not { } panel) return dashboard;
        var copy = panel with { Id = newId, X = panel.X + panel.W };
        if (copy.X + copy.W <= Columns && !dashboard.Panels.Any(other => Overlap(copy, other))) return dashboard with { Panels = Ordered([.. dashboard.Panels, copy]) };
        copy = panel with { Id = newId, Y = panel.Bottom };
        return Settle(dashboard with { Panels = [.. dashboard.Panels, copy] }, copy);
    }

    /// <summary>Moves every panel to the left and up as far as it goes; a panel past which there is no way stays where it is, and <paramref name="placed"/> in its column.</summary>
    public static Dashboard CloseGaps(Dashboard dashboard, string? placed = null)
    {
        var panels = Fall(Ordered(dashboard.Panels));
        // Each round brings at least one panel a column or row nearer to the corner.
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < panels.Count; i++)
            {
                var panel = panels[i];
                while (panel.X > 0 && panel.Id != placed && !panels.Exists(other => other.Id != panel.Id && Overlap(panel with { X = panel.X - 1 }, other))) panel = panel with { X = panel.X - 1 };
                moved |= panel.X != panels[i].X;
                panels[i] = panel;
            }

            panels = Fall(Ordered(panels));
        }

        return dashboard with { Panels = panels };
    }

    /// <summary>What is on screen: without the panels of collapsed sections, and what stood below them moved up.</summary>
    public static IReadOnlyList<DashboardPanel> Visible(Dashboard dashboard)
    {
        if (!dashboard.Panels.Any(static panel => panel.IsCollapsed)) return dashboard.Panels;
        var hidden = false;
        var shown = new List<DashboardPanel>();
        foreach (var panel in dashboard.Panels)
        {
            if (panel.Kind == PanelKind.Section) hidden = panel.IsCollapsed;
            else if (hidden) continue;
            shown.Add(panel);
        }

        return Fall(shown);
    }

    /// <summary>Closes holes and parts what overlaps, in the order by row, then column.</summary>
    public static Dashboard Compact(Dashboard dashboard) => dashboard with { Panels = Fall(Ordered(dashboard.Panels)) };

    /// <summary>True when the two share a cell.</summary>
    public static bool Overlap(DashboardPanel a, DashboardPanel b) => a.SharesColumnWith(b) && a.Y < b.Bottom && b.Y < a.Bottom;

    /// <summary>Panels from anywhere laid out anew: none overlaps another, and each lies as high as it can.</summary>
    public static Dashboard Settled(Dashboard dashboard)
    {
        // A panel may not stand twice, nor over the edge.
        var panels = dashboard.Panels.DistinctBy(static panel => panel.Id).Select(static panel => panel with { X = Math.Clamp(panel.X, 0, Columns - Math.Min(panel.W, Columns)) });
        return dashboard with { Panels = Fall(Ordered(panels)) };
    }

    private static Dashboard Settle(Dashboard dashboard, DashboardPanel changed) => CloseGaps(dashboard with { Panels = Fall(InOrder(dashboard, changed)) }, changed.Id);

    // The order in which panels fall: the changed one before the first whose lower half it does not reach.
    private static List<DashboardPanel> InOrder(Dashboard dashboard, DashboardPanel moved)
    {
        var order = Ordered(dashboard.Panels.Where(panel => panel.Id != moved.Id));
        var at = order.FindIndex(other => other.SharesColumnWith(moved) && other.Y + (other.H / 2) >= moved.Y);
        order.Insert(at < 0 ? order.Count : at, moved);
        return order;
    }

    private static List<DashboardPanel> Fall(List<DashboardPanel> order)
    {
        var skyline = new int[Columns];
        var placed = new List<DashboardPanel>(order.Count);
        foreach (var panel in order)
        {
            var y = 0;
            for (var x = panel.X; x < panel.X + panel.W; x++) y = Math.Max(y, skyline[x]);
            for (var x = panel.X; x < panel.X + panel.W; x++) skyline[x] = y + panel.H;
            placed.Add(panel.Y == y ? panel : panel with { Y = y });
        }

        return Ordered(placed);
    }

    private static List<DashboardPanel> Ordered(IEnumerable<DashboardPanel> panels) => [.. panels.OrderBy(panel => panel.Y).ThenBy(panel => panel.X)];
}
