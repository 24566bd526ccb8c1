using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Asks what a new tile shows, or changes one.</summary>
public sealed partial class TileDialog : ComponentBase
{
    private static readonly (TileKind Kind, string Name, string Text)[] s_kinds =
    [
        (TileKind.Chart, "Chart", "lines over time"),
        (TileKind.Stat, "Number", "with a sparkline"),
        (TileKind.Grid, "Point grid", "located points light up"),
        (TileKind.Series, "Table", "series and newest values"),
        (TileKind.Image, "Image", "of a plot drawn on a schedule"),
    ];

    private static readonly string[] s_aggregates = ["last", "mean", "min", "max", "std", "sum", "count", "rate", "slope", "p50", "p95", "p99", "delta"];
    private bool _tried;

    /// <summary>What is being filled in.</summary>
    [Parameter, EditorRequired]
    public required TileDraft Draft { get; set; }

    /// <summary>The valid tile.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DashboardTile> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private async Task SaveAsync()
    {
        _tried = true;
        if (Draft.IsValid) await OnSave.InvokeAsync(Draft.ToTile());
    }
}
