using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveDash.Web.Components.Exploring;

/// <summary>The plot of streamed points and what lies within a shape upon it. The browser streams by itself over HTTP; the circuit says what, and hears what is looked at.</summary>
public sealed partial class PointExplorer : ComponentBase, IAsyncDisposable
{
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Config _config = ExploreFigure.Config();
    private readonly Plotly.Blazor.Layout _layout = ExploreFigure.Layout();
    private readonly IList<ITrace> _traces = ExploreFigure.Traces();
    private readonly Dictionary<string, object> _plot = new()
    {
        ["data-part"] = "plot", ["tabindex"] = "0", ["role"] = "application", ["aria-label"] = "Plot of the points: arrow keys pan, plus and minus zoom",
    };

    private ElementReference _element;
    private ScriptPart? _script;
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
    public Task StartAsync(PointSelection selection, ExploreLook? look, string colors) => TellAsync("start", selection, look, ColorScales.Stops(colors));

    /// <summary>Draws with another colour scale.</summary>
    public Task ColorAsync(string colors) => TellAsync("color", ColorScales.Stops(colors));

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task OnLookAsync(ExploreGlance glance) => InvokeAsync(() => OnLook.InvokeAsync(glance));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _script = new ScriptPart(Script, "./js/explore.js");
        await _script.AttachAsync(_element, _self);
        _attached.SetResult();
    }

    // What is asked for before the script stands is done when it does.
    private async Task TellAsync(string method, params object?[] arguments)
    {
        await _attached.Task;
        await _script!.TellAsync(method, arguments);
    }
}
