using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Exploring;

/// <summary>A grid of cells that fills as located points stream in; the browser streams by itself over HTTP, the circuit only says what.</summary>
public sealed partial class PointStreamGrid : ComponentBase, IAsyncDisposable
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _script;

    /// <summary>What is shown; another value than before begins anew.</summary>
    [Parameter, EditorRequired]
    public required GridSelection Selection { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Shows another selection.</summary>
    public async Task StartAsync(GridSelection selection)
    {
        if (_script is not null) await _script.InvokeVoidAsync("start", selection);
    }

    /// <summary>Draws with another colour scale, without beginning anew.</summary>
    public async Task ColorAsync(IReadOnlyList<string>? stops)
    {
        if (_script is not null) await _script.InvokeVoidAsync("color", stops);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("dispose");
                await _script.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/grid-page.js");
        _script = await _module.InvokeAsync<IJSObjectReference>("attach", _element);
        await StartAsync(Selection);
    }
}
