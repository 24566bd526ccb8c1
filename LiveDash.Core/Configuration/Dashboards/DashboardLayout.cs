namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// Places tiles on a raster of <see cref="Columns"/> columns. Tiles fall upwards until they touch the one above or the top, as in most tools of
/// this kind, so there is never an overlap nor a hole one could close by moving up. Pure functions; safe on any thread.
/// </summary>
public static class DashboardLayout
{
    /// <summary>How many columns the raster has.</summary>
    public const int Columns = 12;

    /// <summary>The highest tile, in rows.</summary>
    public const int MaxHeight = 24;

    /// <summary>The size that suits a kind at first.</summary>
    public static (int W, int H) DefaultSize(TileKind kind) => kind switch
    {
        TileKind.Stat => (3, 2),
        TileKind.Grid => (4, 6),
        TileKind.Series => (12, 6),
        TileKind.Image => (6, 5),
        _ => (6, 4),
    };

    /// <summary>Puts a tile where it fits without moving any other: the highest place, then the leftmost. Its own X and Y are ignored.</summary>
    public static Dashboard Add(Dashboard dashboard, DashboardTile tile)
    {
        var bottom = dashboard.Tiles.Select(t => t.Bottom).DefaultIfEmpty().Max();
        for (var y = 0; y <= bottom; y++)
        {
            for (var x = 0; x + tile.W <= Columns; x++)
            {
                var placed = tile with { X = x, Y = y };
                if (!dashboard.Tiles.Any(other => Overlap(placed, other))) return dashboard with { Tiles = Ordered([.. dashboard.Tiles, placed]) };
            }
        }

        return dashboard with { Tiles = Ordered([.. dashboard.Tiles, tile with { X = 0, Y = bottom }]) };
    }

    /// <summary>
    /// Moves a tile to a place, kept within the columns. A tile it meets in its upper half moves below it; one it meets in its lower half stays above.
    /// An unknown id changes nothing.
    /// </summary>
    public static Dashboard Move(Dashboard dashboard, string tileId, int x, int y)
    {
        if (dashboard.Find(tileId) is not { } tile) return dashboard;
        return Settle(dashboard, tile with { X = Math.Clamp(x, 0, Columns - tile.W), Y = Math.Max(y, 0) });
    }

    /// <summary>Moves a tile past its neighbour above (-1) or below (+1); without one there nothing changes.</summary>
    public static Dashboard MovePast(Dashboard dashboard, string tileId, int direction)
    {
        if (dashboard.Find(tileId) is not { } tile) return dashboard;
        var others = dashboard.Tiles.Where(other => other.Id != tileId && other.SharesColumnWith(tile));
        if (direction < 0)
        {
            var above = others.Where(other => other.Y < tile.Y).MaxBy(other => other.Y);
            return above is null ? dashboard : Move(dashboard, tileId, tile.X, above.Y);
        }

        var below = others.Where(other => other.Y > tile.Y).MinBy(other => other.Y);
        return below is null ? dashboard : Move(dashboard, tileId, tile.X, below.Y + (below.H / 2) + 1);
    }

    /// <summary>Gives a tile a size, kept within the raster. An unknown id changes nothing.</summary>
    public static Dashboard Resize(Dashboard dashboard, string tileId, int w, int h)
    {
        if (dashboard.Find(tileId) is not { } tile) return dashboard;
        return Settle(dashboard, tile with { W = Math.Clamp(w, 1, Columns - tile.X), H = Math.Clamp(h, 1, MaxHeight) });
    }

    /// <summary>Puts a changed tile in the place of the one with its id.</summary>
    public static Dashboard Replace(Dashboard dashboard, DashboardTile tile) => Settle(dashboard, tile);

    /// <summary>Takes a tile away and closes the hole.</summary>
    public static Dashboard Remove(Dashboard dashboard, string tileId) =>
        Compact(dashboard with { Tiles = [.. dashboard.Tiles.Where(tile => tile.Id != tileId)] });

    /// <summary>Closes holes and parts what overlaps, in the order by row, then column.</summary>
    public static Dashboard Compact(Dashboard dashboard) => dashboard with { Tiles = Fall(Ordered(dashboard.Tiles)) };

    /// <summary>True when the two share a cell.</summary>
    public static bool Overlap(DashboardTile a, DashboardTile b) => a.SharesColumnWith(b) && a.Y < b.Bottom && b.Y < a.Bottom;

    private static Dashboard Settle(Dashboard dashboard, DashboardTile moved)
    {
        var order = Ordered(dashboard.Tiles.Where(tile => tile.Id != moved.Id));
        var at = order.FindIndex(other => other.SharesColumnWith(moved) && other.Y + (other.H / 2) >= moved.Y);
        order.Insert(at < 0 ? order.Count : at, moved);
        return dashboard with { Tiles = Fall(order) };
    }

    private static List<DashboardTile> Fall(List<DashboardTile> order)
    {
        var skyline = new int[Columns];
        var placed = new List<DashboardTile>(order.Count);
        foreach (var tile in order)
        {
            var y = 0;
            for (var x = tile.X; x < tile.X + tile.W; x++) y = Math.Max(y, skyline[x]);
            for (var x = tile.X; x < tile.X + tile.W; x++) skyline[x] = y + tile.H;
            placed.Add(tile.Y == y ? tile : tile with { Y = y });
        }

        return Ordered(placed);
    }

    private static List<DashboardTile> Ordered(IEnumerable<DashboardTile> tiles) => [.. tiles.OrderBy(tile => tile.Y).ThenBy(tile => tile.X)];
}
