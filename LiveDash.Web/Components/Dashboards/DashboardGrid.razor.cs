using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The tiles on their raster, and in edit mode all one can do with them by pointer, keyboard and menu. js/dashboard.js tracks the pointer.</summary>
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

    /// <summary>The tiles, by row, then column.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DashboardTile> Tiles { get; set; }

    /// <summary>True while tiles may be moved.</summary>
    [Parameter]
    public bool Editing { get; set; }

    /// <summary>True while charts show a past range; the other tiles then say that they are live.</summary>
    [Parameter]
    public bool InPast { get; set; }

    /// <summary>What a tile shows.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<DashboardTile> Body { get; set; }

    /// <summary>Applies a change of the layout to the newest state of the dashboard and keeps it; gives back the result, or null where it is gone.</summary>
    [Parameter, EditorRequired]
    public required Func<Func<Dashboard, Dashboard>, Task<Dashboard?>> Change { get; set; }

    /// <summary>Somebody wants to edit a tile.</summary>
    [Parameter]
    public EventCallback<DashboardTile> OnEdit { get; set; }

    /// <summary>Somebody wants a tile gone.</summary>
    [Parameter]
    public EventCallback<DashboardTile> OnRemove { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    // A handle that is shown before the script listens would swallow the first key or drag.
    private bool Handled => Editing && _handlers is not null;

    /// <summary>Moves a tile to a place on the raster; called by the script.</summary>
    [JSInvokable]
    public Task MoveTile(string id, int x, int y) => ChangeAsync(id, d => DashboardLayout.Move(d, id, x, y));

    /// <summary>Gives a tile a size; called by the script.</summary>
    [JSInvokable]
    public Task ResizeTile(string id, int w, int h) => ChangeAsync(id, d => DashboardLayout.Resize(d, id, w, h));

    /// <summary>Moves or sizes a tile by one step; called by the script and the menu.</summary>
    [JSInvokable]
    public Task NudgeTile(string id, string key, bool resize) => ChangeAsync(id, d => d.Find(id) is not { } tile ? d : (key, resize) switch
    {
        (LeftKey, false) => DashboardLayout.Move(d, id, tile.X - 1, tile.Y),
        (RightKey, false) => DashboardLayout.Move(d, id, tile.X + 1, tile.Y),
        (UpKey, false) => DashboardLayout.MovePast(d, id, -1),
        (DownKey, false) => DashboardLayout.MovePast(d, id, 1),
        (LeftKey, true) => DashboardLayout.Resize(d, id, tile.W - 1, tile.H),
        (RightKey, true) => DashboardLayout.Resize(d, id, tile.W + 1, tile.H),
        (UpKey, true) => DashboardLayout.Resize(d, id, tile.W, tile.H - 1),
        (DownKey, true) => DashboardLayout.Resize(d, id, tile.W, tile.H + 1),
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

    private Task ChangeAsync(DashboardTile tile, Func<Dashboard, Dashboard> change) => ChangeAsync(tile.Id, change);

    private async Task ChangeAsync(string id, Func<Dashboard, Dashboard> change)
    {
        if ((await Change(change))?.Find(id) is { } tile)
        {
            _said = $"{TileTitle.Of(tile)}: column {tile.X + 1}, row {tile.Y + 1}, {tile.W} wide, {tile.H} high.";
        }

        await InvokeAsync(StateHasChanged);
    }
}
