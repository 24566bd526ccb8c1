using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Panels.States;

/// <summary>
/// The states of series over time, a strip a series: live over the newest <see cref="Span"/>, or a past range from the store. A state lasts until the next point; words stand on the strips where there is
/// room, beside them what is now, and all of it in a table behind.
/// </summary>
public sealed partial class StatesPanel : SpanComponentBase
{
    private DotNetObjectReference<StatesPanel>? _self;

    /// <inheritdoc/>
    protected override string Kind => "states";

    /// <inheritdoc/>
    protected override object Shown => (string.Join('\n', Series), Span, AskedRange);

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds, paused = Paused };

    private string Label => $"States of {string.Join(", ", Series)}";

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns) =>
        new StatePanelFeed(Scope.Engine, Scope.Catalog, PanelSeries.Patterns(Series), Span, AskedRange, Bounded(columns), Clock);

    /// <inheritdoc/>
    protected override object CreateCallbacks() => _self ??= DotNetObjectReference.Create(this);

    /// <inheritdoc/>
    protected override ValueTask OnDisposeAsync()
    {
        _self?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (PanelId != 0) await TellPauseAsync();
    }
}
