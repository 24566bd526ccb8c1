using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The panels on their raster, the keys of the one that is pointed at or focused, and in edit mode moving and sizing. js/dashboard.js tracks pointer and keys.</summary>
public sealed partial class DashboardGrid : ComponentBase, IAsyncDisposable
{
    private ElementReference _grid;
    private ScriptPart? _handlers;
    private DotNetObjectReference<DashboardGrid>? _self;
    private string _said = "";
    private string? _revealed;

    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    /// <summary>The stretch of time shown.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while everything stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>True while panels may be moved; sections are then unfolded.</summary>
    [Parameter]
    public bool Editing { get; set; }

    /// <summary>The panel that is alone on the screen, by its id; null for none.</summary>
    [Parameter]
    public string? Full { get; set; }

    /// <summary>The panel that was just added, by its id; it is brought into view.</summary>
    [Parameter]
    public string? Fresh { get; set; }

    /// <summary>The panel that is being edited, by its id.</summary>
    [Parameter]
    public string? Edited { get; set; }

    /// <summary>True on a wall: no menus.</summary>
    [Parameter]
    public bool Plain { get; set; }

    /// <summary>More classes of the raster.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>The worst alert a panel.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, PanelAlert> Alerts { get; set; } = new Dictionary<string, PanelAlert>();

    /// <summary>Applies a change of the layout to the newest state of the dashboard and keeps it; gives back the result, or null where it is gone.</summary>
    [Parameter]
    public Func<string, Func<Dashboard, Dashboard>, Task<Dashboard?>>? Change { get; set; }

    /// <summary>Somebody wants something of a panel.</summary>
    [Parameter]
    public EventCallback<(DashboardPanel Panel, PanelAction Action)> OnAction { get; set; }

    /// <summary>Somebody zoomed into a chart, or out again (null).</summary>
    [Parameter]
    public EventCallback<TimeRange?> OnZoom { get; set; }

    /// <summary>Somebody pressed the keys of undo (true) or redo.</summary>
    [Parameter]
    public EventCallback<bool> OnUndo { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    // A handle that is shown before the script listens would swallow the first key or drag.
    private bool Handled => Editing && _handlers?.Object is not null;

    private IReadOnlyList<DashboardPanel> Shown =>
        Full is not null && Dashboard.Find(Full) is { } only ? [only] : Editing ? Dashboard.Panels : DashboardLayout.Visible(Dashboard);

    /// <summary>Moves a panel to a place on the raster; called by the script.</summary>
    [JSInvokable]
    public Task MovePanel(string id, int x, int y) => ChangeAsync(id, d => DashboardLayout.Move(d, id, x, y));

    /// <summary>Gives a panel a size; called by the script.</summary>
    [JSInvokable]
    public Task ResizePanel(string id, int w, int h) => ChangeAsync(id, d => DashboardLayout.Resize(d, id, w, h));

    /// <summary>Moves or sizes a panel by one step; called by the script.</summary>
    [JSInvokable]
    public Task NudgePanel(string id, string key, bool resize) => ChangeAsync(id, d => d.Find(id) is not { } panel ? d : (key, resize) switch
    {
        ("ArrowLeft", false) => DashboardLayout.Move(d, id, panel.X - 1, panel.Y),
        ("ArrowRight", false) => DashboardLayout.Move(d, id, panel.X + 1, panel.Y),
        ("ArrowUp", false) => DashboardLayout.MovePast(d, id, -1),
        ("ArrowDown", false) => DashboardLayout.MovePast(d, id, 1),
        ("ArrowLeft", true) => DashboardLayout.Resize(d, id, panel.W - 1, panel.H),
        ("ArrowRight", true) => DashboardLayout.Resize(d, id, panel.W + 1, panel.H),
        ("ArrowUp", true) => DashboardLayout.Resize(d, id, panel.W, panel.H - 1),
        ("ArrowDown", true) => DashboardLayout.Resize(d, id, panel.W, panel.H + 1),
        _ => d,
    });

    /// <summary>A key of a panel's menu was pressed; called by the script.</summary>
    [JSInvokable]
    public async Task PressPanel(string id, string key)
    {
        if (Dashboard.Find(id) is not { } panel) return;
        PanelAction? action = key switch
        {
            "v" => PanelAction.FullScreen,
            "e" => PanelAction.Edit,
            "d" => PanelAction.Duplicate,
            "x" when panel.Series.Count > 0 || panel.Expression is not null => PanelAction.Explore,
            "y" when panel.Kind is not (PanelKind.Image or PanelKind.Section) => PanelAction.Share,
            "Delete" => PanelAction.Remove,
            _ => null,
        };
        if (panel.Kind == PanelKind.Section && action is not (PanelAction.Edit or PanelAction.Remove)) return;
        if (action is { } wanted) await OnAction.InvokeAsync((panel, wanted));
    }

    /// <summary>The keys of undo or redo were pressed, or Escape with a panel alone on the screen; called by the script.</summary>
    [JSInvokable]
    public Task PressPage(string key) => key switch
    {
        "undo" => OnUndo.InvokeAsync(true),
        "redo" => OnUndo.InvokeAsync(false),
        "Escape" when Full is not null && Dashboard.Find(Full) is { } panel => OnAction.InvokeAsync((panel, PanelAction.FullScreen)),
        _ => Task.CompletedTask,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_handlers is not null) await _handlers.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender && Fresh is not null && Fresh != _revealed && _handlers?.Object is not null && Dashboard.Find(Fresh) is not null)
        {
            _revealed = Fresh;
            await _handlers.TellAsync("reveal", Fresh);
        }

        if (!firstRender || Plain) return;
        _self = DotNetObjectReference.Create(this);
        _handlers = new ScriptPart(Script, "./js/dashboard.js");
        if (!await _handlers.AttachAsync(_grid, _self)) return;
        StateHasChanged();
    }

    private async Task ChangeAsync(string id, Func<Dashboard, Dashboard> change)
    {
        if (Change is null || Dashboard.Find(id) is not { } before) return;
        if ((await Change($"“{PanelTitle.Of(before)}” moved", change))?.Find(id) is { } panel)
        {
            _said = $"{PanelTitle.Of(panel)}: column {panel.X + 1}, row {panel.Y + 1}, {panel.W} wide, {panel.H} high.";
        }

        await InvokeAsync(StateHasChanged);
    }
}
