using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveDash.Web.Components.Exploring;

/// <summary>The plot of streamed points and what lies within a shape upon it. The browser streams by itself over HTTP; the circuit says what, and hears what is looked at.</summary>
public sealed partial class PointExplorer : ComponentBase, IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Config _config = ExploreFigure.Config();
    private readonly Plotly.Blazor.Layout _layout = ExploreFigure.Layout();
    private readonly IList<ITrace> _traces = ExploreFigure.Traces();
    private readonly Dictionary<string, object> _plot = new()
    {
        ["data-part"] = "plot", ["tabindex"] = "0", ["role"] = "application", ["aria-label"] = "Plot of the points: arrow keys pan, plus and minus zoom",
    };

    private ElementReference _element;
    private IJSObjectReference? _module;
    private DotNetObjectReference<PointExplorer>? _self;

    /// <summary>Told what is looked at, a moment after it changed.</summary>
    [Parameter]
    public EventCallback<ExploreGlance> OnLook { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Streams these points in; what is being streamed ends.</summary>
    /// <param name="selection">Which points.</param>
    /// <param name="look">What is looked at; null for the same axes, all of it and no shape.</param>
    /// <param name="colors">The name of a colour scale.</param>
    public async Task StartAsync(PointSelection selection, ExploreLook? look, string colors) =>
        await (await _attached.Task).InvokeVoidAsync("start", selection, look, ColorScales.Stops(colors));

    /// <summary>Draws with another colour scale.</summary>
    public async Task ColorAsync(string colors) => await (await _attached.Task).InvokeVoidAsync("color", ColorScales.Stops(colors));

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task OnLookAsync(ExploreGlance glance) => InvokeAsync(() => OnLook.InvokeAsync(glance));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
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
        _self = DotNetObjectReference.Create(this);
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/explore.js");
        _attached.SetResult(await _module.InvokeAsync<IJSObjectReference>("attach", _element, _self));
    }
}
