using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Web.ViewModels;

/// <summary>What stands over a tile.</summary>
public static class TileTitle
{
    /// <summary>The title a person gave, or one made of the series (and the aggregate, where it is not the newest value).</summary>
    public static string Of(DashboardTile tile)
    {
        if (tile.Title.Length > 0) return tile.Title;
        if (tile.Plot is { } plot) return plot;
        var series = tile.Series switch
        {
            [] => "All series",
            [var one] => one,
            [var one, var two] => $"{one}, {two}",
            _ => $"{tile.Series[0]} and {tile.Series.Count - 1} more",
        };
        return tile is { Kind: TileKind.Stat, Aggregate: { } aggregate } ? $"{aggregate}({series})" : series;
    }
}
