using LiveDash.Core.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.LiveView;

/// <summary>
/// A component whose content comes by frames. It renders its elements once, a script owns what is in them, and its panel in the circuit's
/// <see cref="WindowScope"/> says what to send. Changing a parameter replaces the panel; leaving the page gives its leases back.
/// </summary>
public abstract class LiveComponentBase : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private LivePanel? _panel;
    private object? _shown;
    private int _columns;
    private bool _disposed;

    /// <summary>What this circuit looks at.</summary>
    [Inject]
    protected WindowScope Scope { get; set; } = default!;

    /// <summary>The newest panel, or null before the script is attached.</summary>
    protected LivePanel? Panel => _panel;

    [Inject]
    private FramePump Pump { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>The element the script takes over.</summary>
    protected ElementReference Element { get; set; }

    /// <summary>Names the panel within its page; 0 until the script is attached.</summary>
    protected int PanelId { get; private set; }

    /// <summary>Which of the script's panels it is.</summary>
    protected abstract string Kind { get; }

    /// <summary>What decides about the panel's content: another value than before replaces the panel.</summary>
    protected abstract object Shown { get; }

    /// <summary>What the script is told when it is attached.</summary>
    protected abstract object ScriptOptions { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_panel is not null) Scope.Remove(_panel);
        _panel = null;
        await OnDisposeAsync();
        GC.SuppressFinalize(this);
        // One that is not attached yet is detached as soon as it is.
        if (PanelId != 0) await DetachAsync(PanelId);
    }

    /// <summary>Makes the panel.</summary>
    /// <param name="columns">How many pixel columns the element is wide.</param>
    protected abstract LivePanel CreatePanel(int columns);

    /// <summary>What the script may call, or null.</summary>
    protected virtual object? CreateCallbacks() => null;

    /// <summary>Ends what the component holds besides its panel.</summary>
    protected virtual ValueTask OnDisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Calls a method of the script's panel.</summary>
    protected async Task TellAsync(string method, params object?[] arguments)
    {
        if (_module is not null) await _module.InvokeVoidAsync("tell", [PanelId, method, .. arguments]);
    }

    /// <summary>Makes the panel anew, for another width.</summary>
    protected void Resize(int columns)
    {
        _columns = columns;
        Replace();
    }

    /// <summary>Makes the panel anew, for other parameters.</summary>
    protected void Replace()
    {
        if (_disposed || PanelId == 0) return;
        if (_panel is not null) Scope.Remove(_panel);
        _shown = Shown;
        _panel = CreatePanel(_columns);
        Scope.Add(_panel, PanelId);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", ScriptFrameSink.Module);
            var id = Scope.NewId();
            var columns = await _module.InvokeAsync<int>("attach", id, Kind, Element, ScriptOptions, CreateCallbacks());
            if (_disposed)
            {
                await DetachAsync(id);
                return;
            }

            // It was taken away before the script came to it, and is about to be disposed.
            if (columns == 0) return;
            PanelId = id;
            Resize(columns);
            Pump.Start();
            return;
        }

        if (PanelId != 0 && !Shown.Equals(_shown)) Replace();
    }

    private async Task DetachAsync(int id)
    {
        if (_module is not { } module) return;
        try
        {
            await module.InvokeVoidAsync("detach", id);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the script's panel with it.
        }
    }
}
