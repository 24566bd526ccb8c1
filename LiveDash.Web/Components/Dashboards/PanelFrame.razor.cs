using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>One panel with all around its content: title, caption, the state of its alert, menu, and in edit mode the handles.</summary>
public sealed partial class PanelFrame : ComponentBase
{
    private PanelBody? _body;

    /// <summary>The panel.</summary>
    [Parameter, EditorRequired]
    public required DashboardPanel Panel { get; set; }

    /// <summary>The stretch of time that the dashboard shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while the dashboard stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>True while panels may be moved.</summary>
    [Parameter]
    public bool Editing { get; set; }

    /// <summary>True while it is alone on the screen.</summary>
    [Parameter]
    public bool IsFull { get; set; }

    /// <summary>True for a moment after it was added, so that it is seen.</summary>
    [Parameter]
    public bool IsNew { get; set; }

    /// <summary>True while its editor is open.</summary>
    [Parameter]
    public bool IsEdited { get; set; }

    /// <summary>True on a wall: nothing to press.</summary>
    [Parameter]
    public bool Plain { get; set; }

    /// <summary>The worst open alert of its series, or null.</summary>
    [Parameter]
    public PanelAlert? Alert { get; set; }

    /// <summary>Somebody wants something of it.</summary>
    [Parameter]
    public EventCallback<PanelAction> OnAction { get; set; }

    /// <summary>Somebody chose a step of the layout.</summary>
    [Parameter]
    public EventCallback<Func<Dashboard, Dashboard>> OnStep { get; set; }

    /// <summary>Somebody zoomed into a chart, or out again (null).</summary>
    [Parameter]
    public EventCallback<TimeRange?> OnZoom { get; set; }

    private string Title => PanelTitle.Of(Panel);

    private string Caption => PanelCaption.Of(Panel);

    private bool Missing => Panel.Series.Count == 0 && Panel.Expression is null && Panel.Kind is (PanelKind.Stat or PanelKind.Chart or PanelKind.States or PanelKind.Grid or PanelKind.Forecast);

    private Task ToggleValuesAsync() => _body?.ToggleValuesAsync() ?? Task.CompletedTask;
}
