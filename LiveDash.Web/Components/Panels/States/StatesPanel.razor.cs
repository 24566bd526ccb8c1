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
public sealed partial class StatesPanel : LiveComponentBase
{
    private DotNetObjectReference<StatesPanel>? _self;
    private bool _wasPaused;

    /// <summary>Which series: names or patterns.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>How far back a live panel goes.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where a past range begins; null, with <see cref="To"/>, for a live panel.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>Where a past range ends.</summary>
    [Parameter]
    public DateTimeOffset? To { get; set; }

    /// <summary>True while a live panel stands still; what arrives is shown afterwards.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "states";

    /// <inheritdoc/>
    protected override object Shown => (string.Join('\n', Series), Span, Range);

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds, paused = Paused };

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private TimeRange? Range => From is { } from && To is { } to ? new TimeRange(from.UtcTicks, to.UtcTicks) : null;

    private string Label => $"States of {string.Join(", ", Series)}";

    /// <summary>The panel has another width in pixels; called by the script.</summary>
    [JSInvokable]
    public void Resized(int columns) => Resize(Math.Clamp(columns, 20, 4000));

    /// <summary>Opens the states as a table, or closes it.</summary>
    public Task ToggleValuesAsync() => TellAsync("toggleValues");

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns) =>
        new StatePanelFeed(Scope.Engine, Scope.Catalog, PanelSeries.Patterns(Series), Span, Range, Math.Clamp(columns, 20, 4000), Clock);

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
        if (PanelId == 0 || Paused == _wasPaused) return;
        _wasPaused = Paused;
        await TellAsync("pause", Paused);
    }
}
