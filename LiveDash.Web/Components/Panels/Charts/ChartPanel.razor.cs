using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;
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
public sealed partial class ChartPanel : SpanComponentBase
{
    private DotNetObjectReference<ChartPanel>? _self;
    private TimeRange? _zoom;
    // A call of the script that a closed page never answers must not hold up the end of the circuit.
    private readonly CancellationTokenSource _closed = new();
    private AlertWatch? _watch;
    private IReadOnlyList<ChartMark> _marks = [];
    private string? _wasShaded;
    private IReadOnlyList<ChartThreshold> _thresholds = [];
    private object? _wasConfig;
    private ExpectedBands? _expected;
    private ExpressionNote? _note;
    // What of the points is kept as summaries; null where none are.
    private StoredSummaries? _kept;

    /// <summary>How its values are shown.</summary>
    [Parameter]
    public FieldConfig Fields { get; set; } = FieldConfig.Default;

    /// <summary>What stands for the points of a column: <c>mean</c> (null), <c>last</c>, <c>min</c>, <c>max</c>, <c>first</c>, <c>sum</c> or <c>count</c>.</summary>
    [Parameter]
    public string? Aggregate { get; set; }

    /// <summary>How long a column is at least, as the text of a time window; null for a pixel.</summary>
    [Parameter]
    public string? Window { get; set; }

    /// <summary>What single entries of the series show of their own, by their place.</summary>
    [Parameter]
    public IReadOnlyList<PanelQuery> Queries { get; set; } = [];

    /// <summary>An expression in the place of series; null for series.</summary>
    [Parameter]
    public QueryExpr? Expr { get; set; }

    /// <summary>What the lines of an expression are called; empty for the labels that differ.</summary>
    [Parameter]
    public string Legend { get; set; } = "";

    /// <summary>How far evaluations of an expression are apart; null for a pixel column.</summary>
    [Parameter]
    public TimeSpan? Every { get; set; }

    /// <summary>Told when somebody zooms in; whoever listens changes the range, else the chart shows the stretch by itself.</summary>
    [Parameter]
    public EventCallback<TimeRange?> OnZoom { get; set; }

    /// <summary>The episode whose stretch is shaded, <c>*</c> for all; null for none. All are marked.</summary>
    [Parameter]
    public string? Episode { get; set; }

    [Inject]
    private ExpressionSources Expressions { get; set; } = default!;

    [Inject]
    private AlertBook Alerts { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    /// <inheritdoc/>
    protected override string Kind => "chart";

    /// <inheritdoc/>
    protected override object Shown => (string.Join('\n', Series), string.Join('\n', Queries), Queries.Count > 0 ? Aggregate : null, Span, Range, Step, Expr?.ToString(), Legend, Every);

    /// <inheritdoc/>
    protected override object ScriptOptions => new
    {
        span = Span.TotalMilliseconds,
        paused = Paused,
        config = Config,
    };

    // What may change without new data.
    private object Config => new
    {
        unit = ValueFormat.ScriptName(Format.Unit),
        suffix = Format.Suffix,
        decimals = Format.Decimals,
        min = Fields.Min,
        max = Fields.Max,
        style = Fields.Style.ToString().ToLowerInvariant(),
        legend = Fields.Legend.ToString().ToLowerInvariant(),
        band = Expr is null && Fields.Band,
        // A column of an expression holds one evaluation of a past range and several of a live one: the first is the one at the step.
        aggregate = Expr is null ? Aggregate ?? "mean" : Every is null ? "last" : "first",
    };

    private TimeRange? Range => _zoom ?? AskedRange;

    private TimeSpan Step => ChartQueries.StepOf(Window);

    private FieldFormat Format
    {
        get
        {
            var patterns = PanelSeries.Patterns(Series);
            var unit = PanelSeries.CommonUnit(PanelSeries.Keys(Scope.Catalog, patterns, ChartPanelFeed.MaxLines), patterns);
            return FieldFormat.Of(Fields, ChartQueries.AllCount(Series, Queries, Aggregate) ? ValueUnit.Number : unit);
        }
    }

    private string Label => $"Chart of {Expr?.ToString() ?? string.Join(", ", Series)}";

    /// <summary>Somebody dragged over a stretch, in epoch milliseconds; called by the script.</summary>
    [JSInvokable]
    public async Task Zoomed(double from, double to)
    {
        if (!(double.IsFinite(from) && double.IsFinite(to) && to - from >= 1)) return;
        var zoom = new TimeRange(Ticks(from), Ticks(to));
        if (OnZoom.HasDelegate)
        {
            await OnZoom.InvokeAsync(zoom);
            return;
        }

        _zoom = zoom;
        StateHasChanged();
    }

    /// <summary>Somebody went back; called by the script.</summary>
    [JSInvokable]
    public async Task ZoomReset()
    {
        if (OnZoom.HasDelegate) await OnZoom.InvokeAsync(null);
        if (_zoom is null) return;
        _zoom = null;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns)
    {
        var most = Bounded(columns);
        _note ??= new ExpressionNote(action => _ = InvokeAsync(action), StateHasChanged);
        var told = _note.Begin();
        Keep();
        if (Expr is { } expr) return new ExpressionChartFeed(Expressions, new ExpressionQuery(expr, Legend, Span, Range, Every), most, told);
        var length = Range is { } range ? range.To - range.From : Span.Ticks;
        return new ChartPanelFeed(Scope.Engine, Scope.Catalog, ChartQueries.Of(Series, Queries, Aggregate, Window, length, most), Span, Range);
    }

    private void Keep()
    {
        var range = Range ?? new TimeRange(Since, long.MaxValue);
        var summaries = Expr is { } expr
            ? Expressions.Engine.FindSummaries(expr, range)
            : Expressions.Engine.FindSummaries(PanelSeries.Patterns(Series).SelectMany(Scope.Catalog.Match).Distinct().Take(ChartPanelFeed.MaxLines), range);
        if (summaries == _kept) return;
        _kept = summaries;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override object CreateCallbacks() => _self ??= DotNetObjectReference.Create(this);

    /// <inheritdoc/>
    protected override async ValueTask OnDisposeAsync()
    {
        await _closed.CancelAsync();
        Rules.Changed -= OnRulesChanged;
        Zone.Changed -= OnZoneChanged;
        if (_watch is not null) await _watch.DisposeAsync();
        if (_expected is not null) await _expected.DisposeAsync();
        _closed.Dispose();
        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (PanelId == 0) return;
        if (_watch is null)
        {
            _watch = new AlertWatch(Alerts, Clock, () => InvokeAsync(MarkAsync), beats: false);
            Rules.Changed += OnRulesChanged;
            Zone.Changed += OnZoneChanged;
            _wasConfig = Config;
        }

        if (!firstRender) await MarkAsync();
        await ExpectAsync();
        var config = Config;
        if (!config.Equals(_wasConfig))
        {
            _wasConfig = config;
            await TellAsync("configure", config);
        }

        await TellPauseAsync();
    }

    // The bands are sent when a bar was judged, not with every frame.
    private async Task ExpectAsync()
    {
        if (!Fields.Expected && _expected is null) return;
        _expected ??= new ExpectedBands(Scope.Engine, Scope.Catalog, () => InvokeAsync(TellExpectedAsync));
        if (Fields.Expected ? _expected.Show(PanelSeries.Patterns(Series), Since) : _expected.Hide()) await TellExpectedAsync();
    }

    private async Task TellExpectedAsync()
    {
        if (_closed.IsCancellationRequested) return;
        try
        {
            await TellAsync("expect", _expected!.Read(Since)).WaitAsync(_closed.Token);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone, or sleeps too deeply to answer.
        }
    }

    private long Since => Range?.From ?? (Clock.GetUtcNow() - Span).UtcTicks;

    private void OnZoneChanged() => _ = InvokeAsync(StateHasChanged);

    private void OnRulesChanged() => _ = InvokeAsync(MarkAsync);

    private async Task MarkAsync()
    {
        var since = Since;
        var (marks, thresholds) = Expr is { } expr ? Around(expr, since) : Around(PanelSeries.Patterns(Series), since);
        if (_closed.IsCancellationRequested) return;
        try
        {
            if (!marks.SequenceEqual(_marks) || Episode != _wasShaded)
            {
                (_marks, _wasShaded) = (marks, Episode);
                await TellAsync("mark", marks, Episode).WaitAsync(_closed.Token);
            }

            if (thresholds.SequenceEqual(_thresholds)) return;
            _thresholds = thresholds;
            await TellAsync("setThresholds", thresholds).WaitAsync(_closed.Token);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone, or sleeps too deeply to answer.
        }
    }

    private (IReadOnlyList<ChartMark> Marks, IReadOnlyList<ChartThreshold> Thresholds) Around(QueryExpr expr, long since)
    {
        var rules = ExpressionRules.Of(Rules.Rules.Rules, expr);
        return (ChartMarks.Of(Alerts.Episodes(), rules.Select(static rule => rule.Id).ToHashSet(StringComparer.Ordinal), since), ChartThresholds.Of(Fields, rules, Format));
    }

    private (IReadOnlyList<ChartMark> Marks, IReadOnlyList<ChartThreshold> Thresholds) Around(IReadOnlyList<SeriesPattern> patterns, long since) =>
        (ChartMarks.Of(Alerts.Episodes(), patterns, since), ChartThresholds.Of(Fields, Rules.Rules.Rules, PanelSeries.Keys(Scope.Catalog, patterns, ChartPanelFeed.MaxLines), Format));

    private static long Ticks(double milliseconds) =>
        DateTime.UnixEpoch.Ticks + (long)(Math.Clamp(milliseconds, 0, 4e12) * TimeSpan.TicksPerMillisecond);

    private async Task BackAsync()
    {
        await TellAsync("resetZoom");
        await ZoomReset();
    }
}
