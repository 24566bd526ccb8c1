using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Exploring;

/// <summary>A grid of cells that fills as located points stream in; the browser streams by itself over HTTP, the circuit only says what.</summary>
public sealed partial class PointStreamGrid : ComponentBase, IAsyncDisposable
{
    private ElementReference _element;
    private ScriptPart? _script;

    /// <summary>What is shown; another value than before begins anew.</summary>
    [Parameter, EditorRequired]
    public required GridSelection Selection { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Shows another selection.</summary>
    public Task StartAsync(GridSelection selection) => _script?.TellAsync("start", selection) ?? Task.CompletedTask;

    /// <summary>Draws with another colour scale, without beginning anew.</summary>
    public Task ColorAsync(IReadOnlyList<string>? stops) => _script?.TellAsync("color", stops) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override bool ShouldRender() => false;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _script = new ScriptPart(Script, "./js/grid-page.js");
        if (await _script.AttachAsync(_element)) await StartAsync(Selection);
    }
}
