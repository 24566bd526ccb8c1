using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Alerts;

/// <summary>
/// Runs the rule being edited over stored history, a moment after the last change, and draws what it would have done. Its lines can be dragged, or moved by
/// the arrow keys, which edits the rule.
/// </summary>
public sealed partial class RulePreviewPanel : ComponentBase, IAsyncDisposable
{
    private const int MaxListed = 50;
    private const int MaxRaw = 3;
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(200);

    // Zero stands for all there is.
    private static readonly (string Text, TimeSpan Span)[] s_spans =
        [("15 min", TimeSpan.FromMinutes(15)), ("1 h", TimeSpan.FromHours(1)), ("6 h", TimeSpan.FromHours(6)), ("1 d", TimeSpan.FromDays(1)), ("7 d", TimeSpan.FromDays(7)), ("All", TimeSpan.Zero)];

    private LatestOnly? _runs;
    private DotNetObjectReference<RulePreviewPanel>? _self;
    private ScriptPart? _chart;
    private ElementReference _element;
    private PreviewResult? _result;
    private RuleModel? _rule;
    private TimeRange _range;
    private TimeSpan? _span;
    private string? _error;
    private string _asked = "";
    private bool _isStale;
    private double? _done;

    /// <summary>The rule; null while it cannot be read.</summary>
    [Parameter, EditorRequired]
    public RuleModel? Rule { get; set; }

    /// <summary>A line was moved: which, and where to.</summary>
    [Parameter]
    public EventCallback<(string Border, double Value)> OnMoved { get; set; }

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private RulePreview Preview { get; set; } = default!;

    [Inject]
    private LiveEngine Engine { get; set; } = default!;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private IPointStore Store { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<RulePreviewPanel> Logger { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Somebody moved a line; called by the script.</summary>
    [JSInvokable]
    public Task MoveBorder(string border, double value) => OnMoved.InvokeAsync((border, value));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runs is not null) await _runs.DisposeAsync();
        if (_chart is not null) await _chart.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_chart?.Object is not null) await AskAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _chart = new ScriptPart(Script, "./js/rule-chart.js");
        if (!await _chart.AttachAsync(_element, _self)) return;
        _runs = new LatestOnly(Clock, s_rest);
        await AskAsync();
        StateHasChanged();
    }

    private Task Choose(TimeSpan span)
    {
        _span = span;
        return AskAsync();
    }

    private async Task AskAsync()
    {
        if (Rule is not { } rule)
        {
            _isStale = _result is not null;
            _asked = "";
            return;
        }

        _span ??= Fitting(rule);
        var asked = $"{rule.Meaning}|{rule.Severity}|{_span}";
        if (asked == _asked) return;
        _asked = asked;
        _isStale = _result is not null;
        (_error, _done) = (null, null);
        if (_chart is not null) await _chart.TellAsync("setBorders", RuleBorders.Of(rule));
        var range = RangeOf(rule, _span.Value);
        _runs?.Ask(superseded => Task.Run(() => RunAsync(rule, range, superseded), superseded));
    }

    private async Task RunAsync(RuleModel rule, TimeRange range, CancellationToken superseded)
    {
        try
        {
            var begun = Clock.GetTimestamp();
            var result = await Preview.RunAsync(rule, range, superseded, PreviewPicture.Columns, done => Tell(begun, done, superseded));
            var raw = await RawAsync(rule, range, superseded);
            var picture = PreviewPicture.Of(rule, range, result, raw);
            await InvokeAsync(async () =>
            {
                if (superseded.IsCancellationRequested) return;
                (_rule, _range, _result, _isStale, _error, _done) = (rule, range, result, false, null, null);
                // A call that a closed page never answers must not hold up the end of the circuit.
                await _chart!.TellAsync("show", superseded, picture);
                StateHasChanged();
            });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nobody awaits this run: what went wrong would be lost. A later change of the rule tries again.
            LogFailed(Logger, exception);
            await InvokeAsync(() =>
            {
                (_result, _error, _done) = (null, "The preview failed: " + exception.Message, null);
                StateHasChanged();
            });
        }
    }

    // One that is done within a blink needs no word.
    private void Tell(long begun, double done, CancellationToken superseded)
    {
        if (Clock.GetElapsedTime(begun) < s_slow) return;
        _ = InvokeAsync(() =>
        {
            if (superseded.IsCancellationRequested) return;
            _done = done < 1 ? done : null;
            StateHasChanged();
        });
    }

    private void Cancel()
    {
        (_done, _error, _asked) = (null, "Cancelled. A change of the rule, or of the history looked at, begins again.", "");
        _isStale = _result is not null;
        _runs?.Ask(static _ => Task.CompletedTask);
    }

    private async Task<IReadOnlyList<PreviewLine>> RawAsync(RuleModel rule, TimeRange range, CancellationToken superseded)
    {
        if (!PreviewPicture.ShowsRaw(rule)) return [];
        var series = Catalog.Match(rule.Pattern);
        if (series.Count > MaxRaw) return [];
        var lines = new List<PreviewLine>();
        foreach (var one in series) lines.Add(new(Catalog[one].ToString(), await Engine.ReadRangeAsync(one, range, PreviewPicture.Columns, superseded)));
        return lines;
    }

    // A rule on data of a day or less is judged on all there is.
    private TimeSpan Fitting(RuleModel rule)
    {
        var first = Known(rule).First;
        return first == long.MaxValue ? TimeSpan.FromHours(1) : Clock.GetUtcNow().UtcTicks - first <= TimeSpan.TicksPerDay || IsOld(rule) ? TimeSpan.Zero : TimeSpan.FromDays(1);
    }

    private bool IsOld(RuleModel rule) => Clock.GetUtcNow().UtcTicks - Known(rule).Last > TimeSpan.TicksPerDay;

    private TimeRange RangeOf(RuleModel rule, TimeSpan span)
    {
        var now = Clock.GetUtcNow().UtcTicks;
        if (span > TimeSpan.Zero) return new(now - span.Ticks, now);
        var (first, last) = Known(rule);
        if (first == long.MaxValue) return new(now - TimeSpan.TicksPerHour, now);
        var isLive = last < now && now - last < TimeSpan.TicksPerHour;
        return new(first, isLive ? now : Math.Max(last, first) + TimeSpan.TicksPerSecond);
    }

    private (long First, long Last) Known(RuleModel rule)
    {
        var chosen = Catalog.Match(rule.Pattern).ToHashSet();
        var (first, last) = (long.MaxValue, 0L);
        foreach (var stats in Store.GetStats())
        {
            if (!chosen.Contains(stats.Series) || stats.Count == 0) continue;
            first = Math.Min(first, stats.First);
            last = Math.Max(last, stats.Last);
        }

        return (first, last);
    }

    [LoggerMessage(5101, LogLevel.Error, "The preview of a rule failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
