using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Exploring;

/// <summary>The plot of streamed points and what lies within a shape upon it. The browser streams by itself over HTTP; the circuit only says what.</summary>
public sealed partial class PointExplorer : ComponentBase, IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ElementReference _element;
    private IJSObjectReference? _module;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Streams these points in; what is being streamed ends.</summary>
    public async Task StartAsync(PointSelection selection) => await (await _attached.Task).InvokeVoidAsync("start", selection);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            if (_attached.Task.IsCompletedSuccessfully)
            {
                var script = await _attached.Task;
                await script.InvokeVoidAsync("dispose");
                await script.DisposeAsync();
            }

            await _module.DisposeAsync();
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
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/explore.js");
        _attached.SetResult(await _module.InvokeAsync<IJSObjectReference>("attach", _element));
    }
}
