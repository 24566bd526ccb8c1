using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What a tile shows: how many points its series have in the store, and when the last was.</summary>
public sealed partial class TileBody : ComponentBase
{
    private List<(string Series, long Points, DateTime Last)> _lines = [];

    /// <summary>The tile.</summary>
    [Parameter, EditorRequired]
    public required DashboardTile Tile { get; set; }

    /// <summary>The stretch of time that the dashboard shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while the dashboard stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private IPointStore Store { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Paused) return;
        var patterns = Tile.Series.Select(text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).ToList();
        _lines = [.. Store.GetStats()
            .Where(stats => patterns.Count == 0 || patterns.Exists(pattern => pattern?.Matches(Catalog[stats.Series]) ?? false))
            .Select(stats => (Catalog[stats.Series].ToString(), stats.Count, new DateTime(stats.Last, DateTimeKind.Utc)))];
    }
}
