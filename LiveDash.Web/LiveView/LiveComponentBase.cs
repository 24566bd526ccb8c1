using LiveDash.Core.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.LiveView;

/// <summary>
/// A component whose content comes by frames. It renders its elements once, a script owns what is in them, and its tile in the circuit's
/// <see cref="WindowScope"/> says what to send. Changing a parameter replaces the tile; leaving the page gives its leases back.
/// </summary>
public abstract class LiveComponentBase : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private LiveTile? _tile;
    private object? _shown;
    private int _columns;
    private bool _disposed;

    /// <summary>What this circuit looks at.</summary>
    [Inject]
    protected WindowScope Scope { get; set; } = default!;

    /// <summary>The newest tile, or null before the script is attached.</summary>
    protected LiveTile? Tile => _tile;

    [Inject]
    private FramePump Pump { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>The element the script takes over.</summary>
    protected ElementReference Element { get; set; }

    /// <summary>Names the tile within its page; 0 until the script is attached.</summary>
    protected int TileId { get; private set; }

    /// <summary>Which of the script's tiles it is.</summary>
    protected abstract string Kind { get; }

    /// <summary>What decides about the tile's content: another value than before replaces the tile.</summary>
    protected abstract object Shown { get; }

    /// <summary>What the script is told when it is attached.</summary>
    protected abstract object ScriptOptions { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_tile is not null) Scope.Remove(_tile);
        _tile = null;
        await OnDisposeAsync();
        GC.SuppressFinalize(this);
        if (_module is null) return;
        try
        {
            await _module.InvokeVoidAsync("detach", TileId);
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the script's tile with it.
        }
    }

    /// <summary>Makes the tile.</summary>
    /// <param name="columns">How many pixel columns the element is wide.</param>
    protected abstract LiveTile CreateTile(int columns);

    /// <summary>What the script may call, or null.</summary>
    protected virtual object? CreateCallbacks() => null;

    /// <summary>Ends what the component holds besides its tile.</summary>
    protected virtual ValueTask OnDisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Calls a method of the script's tile.</summary>
    protected async Task TellAsync(string method, params object?[] arguments)
    {
        if (_module is not null) await _module.InvokeVoidAsync("tell", [TileId, method, .. arguments]);
    }

    /// <summary>Makes the tile anew, for another width.</summary>
    protected void Resize(int columns)
    {
        _columns = columns;
        Replace();
    }

    /// <summary>Makes the tile anew, for other parameters.</summary>
    protected void Replace()
    {
        if (_disposed || TileId == 0) return;
        if (_tile is not null) Scope.Remove(_tile);
        _shown = Shown;
        _tile = CreateTile(_columns);
        Scope.Add(_tile, TileId);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", ScriptFrameSink.Module);
            var id = Scope.NewId();
            var columns = await _module.InvokeAsync<int>("attach", id, Kind, Element, ScriptOptions, CreateCallbacks());
            if (_disposed) return;
            TileId = id;
            Resize(columns);
            Pump.Start();
            return;
        }

        if (TileId != 0 && !Shown.Equals(_shown)) Replace();
    }
}
