using LiveDash.Core.Alerts;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Panels.Charts;

/// <summary>
/// Lines over time: live over the newest <see cref="Span"/>, or a past range from the store. Dragging zooms in, with columns of the zoomed range
/// read from the store; a double click or the button goes back.
/// </summary>
public sealed partial class ChartPanel : LiveComponentBase
{
    private DotNetObjectReference<ChartPanel>? _self;
    private TimeRange? _zoom;
    private bool _wasPaused;
    private TimeRange? _standing;
    // A call of the script that a closed page never answers must not hold up the end of the circuit.
    private readonly CancellationTokenSource _closed = new();
    private AlertWatch? _watch;
    private IReadOnlyList<ChartMark> _marks = [];
    private string? _wasShaded;

    /// <summary>Which series: names or patterns.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>How far back a live chart goes.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where a past range begins; null, with <see cref="To"/>, for a live chart.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>Where a past range ends.</summary>
    [Parameter]
    public DateTimeOffset? To { get; set; }

    /// <summary>True while a live chart stands still; what arrives is shown afterwards.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>True for a menu that makes the chart a plot job or a file; it stands in the head of a panel.</summary>
    [Parameter]
    public bool Menu { get; set; }

    /// <summary>Told when somebody zooms in (from, to), or out again (null).</summary>
    [Parameter]
    public EventCallback<TimeRange?> OnZoom { get; set; }

    /// <summary>The episode whose stretch is shaded; null for none. All are marked.</summary>
    [Parameter]
    public string? Episode { get; set; }

    [Inject]
    private AlertBook Alerts { get; set; } = default!;

    /// <inheritdoc/>
    protected override string Kind => "chart";

    /// <inheritdoc/>
    protected override object Shown => (string.Join('\n', Series), Span, Range);

    /// <inheritdoc/>
    protected override object ScriptOptions => new
    {
        span = Span.TotalMilliseconds,
        unit = ValueFormat.ScriptName(CommonUnit()),
        paused = Paused,
    };

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private TimeRange? Range => _zoom ?? (From is { } from && To is { } to ? new TimeRange(from.UtcTicks, to.UtcTicks) : null);

    private string Label => $"Chart of {string.Join(", ", Series)}";

    /// <summary>Somebody dragged over a stretch, in epoch milliseconds; called by the script.</summary>
    [JSInvokable]
    public async Task Zoomed(double from, double to)
    {
        if (!(double.IsFinite(from) && double.IsFinite(to) && to - from >= 1)) return;
        _zoom = new TimeRange(Ticks(from), Ticks(to));
        await OnZoom.InvokeAsync(_zoom);
        StateHasChanged();
    }

    /// <summary>Somebody went back; called by the script.</summary>
    [JSInvokable]
    public async Task ZoomReset()
    {
        if (_zoom is null) return;
        _zoom = null;
        await OnZoom.InvokeAsync(null);
        StateHasChanged();
    }

    /// <summary>The chart has another width in pixels; called by the script.</summary>
    [JSInvokable]
    public void Resized(int columns) => Resize(Math.Clamp(columns, 20, 4000));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // While it stands still, what is on screen is what was the newest when it stopped.
        var now = Clock.GetUtcNow().UtcTicks;
        _standing = Paused ? _standing ?? new TimeRange(now - Span.Ticks, now) : null;
    }

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns)
    {
        return new ChartPanelFeed(Scope.Engine, Scope.Catalog, Patterns(), Span, Range, Math.Clamp(columns, 20, 4000));
    }

    /// <inheritdoc/>
    protected override object CreateCallbacks() => _self ??= DotNetObjectReference.Create(this);

    /// <inheritdoc/>
    protected override async ValueTask OnDisposeAsync()
    {
        await _closed.CancelAsync();
        if (_watch is not null) await _watch.DisposeAsync();
        _closed.Dispose();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (PanelId == 0) return;
        _watch ??= new AlertWatch(Alerts, Clock, () => InvokeAsync(MarkAsync), beats: false);
        if (!firstRender) await MarkAsync();
        if (Paused == _wasPaused) return;
        _wasPaused = Paused;
        await TellAsync("pause", Paused);
    }

    private List<SeriesPattern> Patterns() =>
        [.. Series.Select(static text => SeriesPattern.TryParse(text, out var pattern) ? pattern : null).OfType<SeriesPattern>()];

    private async Task MarkAsync()
    {
        var since = Range?.From ?? (Clock.GetUtcNow() - Span).UtcTicks;
        var marks = ChartMarks.Of(Alerts.Episodes(), Patterns(), since);
        if (_closed.IsCancellationRequested || (marks.SequenceEqual(_marks) && Episode == _wasShaded)) return;
        (_marks, _wasShaded) = (marks, Episode);
        try
        {
            await TellAsync("mark", marks, Episode).WaitAsync(_closed.Token);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone, or sleeps too deeply to answer.
        }
    }

    private static long Ticks(double milliseconds) =>
        DateTime.UnixEpoch.Ticks + (long)(Math.Clamp(milliseconds, 0, 4e12) * TimeSpan.TicksPerMillisecond);

    // Where the series measure different things, plain numbers are the only common axis.
    private ValueUnit CommonUnit()
    {
        var units = Series
            .Select(static text => SeriesPattern.TryParse(text, out var pattern) ? ValueFormat.UnitOf(pattern!.ExactKey) : ValueUnit.Number)
            .Distinct().ToList();
        return units.Count == 1 ? units[0] : ValueUnit.Number;
    }

    private async Task BackAsync()
    {
        await TellAsync("resetZoom");
        await ZoomReset();
    }
}
