using LiveDash.Core.Model;
using LiveDash.Web.LiveView;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Panels;

/// <summary>What panels of series over time have in common: live over the newest <see cref="Span"/>, or a past range from the store; a column a pixel, a pause, and a table of values behind.</summary>
public abstract class SpanComponentBase : LiveComponentBase
{
    private const int LeastColumns = 20;
    private const int MostColumns = 4000;
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

    /// <summary>What time it is.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>The past range that was asked for, or null.</summary>
    protected TimeRange? AskedRange => From is { } from && To is { } to ? new TimeRange(from.UtcTicks, to.UtcTicks) : null;

    /// <summary>The panel has another width in pixels; called by the script.</summary>
    [JSInvokable]
    public void Resized(int columns) => Resize(Bounded(columns));

    /// <summary>Opens the values as a table, or closes it.</summary>
    public Task ToggleValuesAsync() => TellAsync("toggleValues");

    /// <summary>How many columns a panel of a width has.</summary>
    protected static int Bounded(int columns) => Math.Clamp(columns, LeastColumns, MostColumns);

    /// <summary>Tells the script when the pause begins or ends; to be called after each rendering, once the panel stands.</summary>
    protected async Task TellPauseAsync()
    {
        if (Paused == _wasPaused) return;
        _wasPaused = Paused;
        await TellAsync("pause", Paused);
    }
}
