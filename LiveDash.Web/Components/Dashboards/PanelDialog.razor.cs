using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Asks what a new panel shows, or changes one.</summary>
public sealed partial class PanelDialog : ComponentBase
{
    private static readonly (PanelKind Kind, string Name, string Text)[] s_kinds =
    [
        (PanelKind.Chart, "Chart", "lines over time"),
        (PanelKind.Stat, "Number", "with a sparkline"),
        (PanelKind.Grid, "Point grid", "located points light up"),
        (PanelKind.Series, "Table", "series and newest values"),
        (PanelKind.Image, "Image", "of a plot drawn on a schedule"),
    ];

    private static readonly string[] s_aggregates = ["last", "mean", "min", "max", "std", "sum", "count", "rate", "slope", "p50", "p95", "p99", "delta"];
    private bool _tried;

    /// <summary>What is being filled in.</summary>
    [Parameter, EditorRequired]
    public required PanelDraft Draft { get; set; }

    /// <summary>The valid panel.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DashboardPanel> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private async Task SaveAsync()
    {
        _tried = true;
        if (Draft.IsValid) await OnSave.InvokeAsync(Draft.ToPanel());
    }
}
