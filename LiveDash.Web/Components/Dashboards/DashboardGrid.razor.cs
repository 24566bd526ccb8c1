using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The panels on their raster, and in edit mode all one can do with them by pointer, keyboard and menu. js/dashboard.js tracks the pointer.</summary>
public sealed partial class DashboardGrid : ComponentBase, IAsyncDisposable
{
    private const string LeftKey = "ArrowLeft";
    private const string RightKey = "ArrowRight";
    private const string UpKey = "ArrowUp";
    private const string DownKey = "ArrowDown";
    private ElementReference _grid;
    private IJSObjectReference? _module;
    private IJSObjectReference? _handlers;
    private DotNetObjectReference<DashboardGrid>? _self;
    private string _said = "";

    /// <summary>The panels, by row, then column.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DashboardPanel> Panels { get; set; }

    /// <summary>True while panels may be moved.</summary>
    [Parameter]
    public bool Editing { get; set; }

    /// <summary>True while charts show a past range; the other panels then say that they are live.</summary>
    [Parameter]
    public bool InPast { get; set; }

    /// <summary>What a panel shows.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<DashboardPanel> Body { get; set; }

    /// <summary>Applies a change of the layout to the newest state of the dashboard and keeps it; gives back the result, or null where it is gone.</summary>
    [Parameter, EditorRequired]
    public required Func<Func<Dashboard, Dashboard>, Task<Dashboard?>> Change { get; set; }

    /// <summary>Somebody wants to edit a panel.</summary>
    [Parameter]
    public EventCallback<DashboardPanel> OnEdit { get; set; }

    /// <summary>Somebody wants a panel gone.</summary>
    [Parameter]
    public EventCallback<DashboardPanel> OnRemove { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    // A handle that is shown before the script listens would swallow the first key or drag.
    private bool Handled => Editing && _handlers is not null;

    /// <summary>Moves a panel to a place on the raster; called by the script.</summary>
    [JSInvokable]
    public Task MovePanel(string id, int x, int y) => ChangeAsync(id, d => DashboardLayout.Move(d, id, x, y));

    /// <summary>Gives a panel a size; called by the script.</summary>
    [JSInvokable]
    public Task ResizePanel(string id, int w, int h) => ChangeAsync(id, d => DashboardLayout.Resize(d, id, w, h));

    /// <summary>Moves or sizes a panel by one step; called by the script and the menu.</summary>
    [JSInvokable]
    public Task NudgePanel(string id, string key, bool resize) => ChangeAsync(id, d => d.Find(id) is not { } panel ? d : (key, resize) switch
    {
        (LeftKey, false) => DashboardLayout.Move(d, id, panel.X - 1, panel.Y),
        (RightKey, false) => DashboardLayout.Move(d, id, panel.X + 1, panel.Y),
        (UpKey, false) => DashboardLayout.MovePast(d, id, -1),
        (DownKey, false) => DashboardLayout.MovePast(d, id, 1),
        (LeftKey, true) => DashboardLayout.Resize(d, id, panel.W - 1, panel.H),
        (RightKey, true) => DashboardLayout.Resize(d, id, panel.W + 1, panel.H),
        (UpKey, true) => DashboardLayout.Resize(d, id, panel.W, panel.H - 1),
        (DownKey, true) => DashboardLayout.Resize(d, id, panel.W, panel.H + 1),
        _ => d,
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await DetachAsync();
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its handlers with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Editing == (_self is not null)) return;
        if (!Editing)
        {
            await DetachAsync();
            _self?.Dispose();
            _self = null;
            return;
        }

        var self = _self = DotNetObjectReference.Create(this);
        _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./js/dashboard.js");
        var handlers = await _module.InvokeAsync<IJSObjectReference>("attach", _grid, self);
        if (_self != self)
        {
            // Editing ended meanwhile.
            await handlers.InvokeVoidAsync("dispose");
            await handlers.DisposeAsync();
            return;
        }

        _handlers = handlers;
        StateHasChanged();
    }

    private async Task DetachAsync()
    {
        if (_handlers is not { } handlers) return;
        _handlers = null;
        await handlers.InvokeVoidAsync("dispose");
        await handlers.DisposeAsync();
    }

    private Task ChangeAsync(DashboardPanel panel, Func<Dashboard, Dashboard> change) => ChangeAsync(panel.Id, change);

    private async Task ChangeAsync(string id, Func<Dashboard, Dashboard> change)
    {
        if ((await Change(change))?.Find(id) is { } panel)
        {
            _said = $"{PanelTitle.Of(panel)}: column {panel.X + 1}, row {panel.Y + 1}, {panel.W} wide, {panel.H} high.";
        }

        await InvokeAsync(StateHasChanged);
    }
}
