using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Panels.Stats;

/// <summary>A big number with its unit and a sparkline: one aggregate of one series, live or of a past range.</summary>
public sealed partial class StatPanel : LiveComponentBase
{
    private static readonly AggregateSpec s_last = AggregateSpec.Of(AggregateKind.Last);
    private IReadOnlyList<ChartThreshold> _thresholds = [];
    private ExpressionNote? _note;

    /// <summary>Which series: its name, or a pattern of which the first is taken.</summary>
    [Parameter]
    public string Series { get; set; } = "";

    /// <summary>An expression in the place of a series; null for a series.</summary>
    [Parameter]
    public QueryExpr? Expr { get; set; }

    /// <summary>What the label set of an expression is called; empty for its labels.</summary>
    [Parameter]
    public string Legend { get; set; } = "";

    /// <summary>The window, as a text; null for the one the settings give the series, <see cref="DashboardPanel.RangeWindow"/> for all that is on screen.</summary>
    [Parameter]
    public string? Window { get; set; }

    /// <summary>The aggregate, as a text; null for the newest value.</summary>
    [Parameter]
    public string? Aggregate { get; set; }

    /// <summary>How far back the sparkline goes.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A past range in the place of what is live, or null.</summary>
    [Parameter]
    public TimeRange? Range { get; set; }

    /// <summary>How its value is shown.</summary>
    [Parameter]
    public FieldConfig Fields { get; set; } = FieldConfig.Default;

    /// <summary>Why the value is what it is, such as "above 300 ms", while an alert is open; else null.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Since when, as ISO 8601.</summary>
    [Parameter]
    public string? Since { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "stat";

    /// <inheritdoc/>
    protected override object Shown => (Series, Window, Aggregate, Span, Range, Fields, Expr?.ToString(), Legend);

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds, range = ScriptRange };

    private double[]? ScriptRange => Range is { } range ? [FrameWriter.ToMilliseconds(range.From), FrameWriter.ToMilliseconds(range.To)] : null;

    [Inject]
    private ExpressionSources Expressions { get; set; } = default!;

    [Inject]
    private WindowSettingsBook Settings { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Settings.Changed += OnSettingsChanged;
        Rules.Changed += OnRulesChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var before = Panel;
        await base.OnAfterRenderAsync(firstRender);
        if (Panel != before && before is not null) await TellAsync("setRange", Span.TotalMilliseconds, ScriptRange);
        await MarkAsync();
    }

    /// <inheritdoc/>
    protected override ValueTask OnDisposeAsync()
    {
        Settings.Changed -= OnSettingsChanged;
        Rules.Changed -= OnRulesChanged;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns)
    {
        _note ??= new ExpressionNote(action => _ = InvokeAsync(action), StateHasChanged);
        var told = _note.Begin();
        if (Expr is { } expr) return new ExpressionStatFeed(Expressions, new ExpressionQuery(expr, Legend, Span, Range, null), Math.Clamp(columns, 20, 400), SayExpression, told);
        var pattern = SeriesPattern.TryParse(Series, out var known) ? Scope.Catalog.One(known!) : throw new FormatException($"'{Series}' is not a series.");
        var aggregate = string.IsNullOrWhiteSpace(Aggregate) ? s_last : AggregateSpec.Parse(Aggregate);
        var own = string.IsNullOrWhiteSpace(Window) || Window == DashboardPanel.RangeWindow ? null : WindowSpec.Parse(Window);
        var query = new StatQuery(pattern, aggregate, key => Choose(own, aggregate, key), Span, Range);
        return new StatPanelFeed(Scope.Engine, Scope.Catalog, query, Math.Clamp(columns, 20, 400), reading => Say(reading, aggregate));
    }

    private StatText Say(StatReading reading, AggregateSpec aggregate)
    {
        if (aggregate == s_last && Scope.Catalog.States.Find(reading.Key)?.TextOf(reading.Value) is { } state) return new(state, "", "", "", IsState: true);
        var own = FieldFormat.Of(Fields, ValueFormat.UnitOf(reading.Key));
        var said = FieldFormat.Of(Fields, AggregateUnit.Of(aggregate, ValueFormat.UnitOf(reading.Key))).Format(reading.Value);
        var over = reading.Window is { } window ? WindowText.Of(window) : $"in {FieldFormat.Duration(Range is { } range ? TimeSpan.FromTicks(range.To - range.From) : Span)}";
        if (double.IsNaN(reading.Value) && reading.Count == 0) return new(said.Number, said.Unit, "no points", over);
        if (aggregate != s_last) return new(said.Number, said.Unit, aggregate.ToString(), over);
        if (reading.Count == 0) return new(said.Number, said.Unit, "", "");
        return new(said.Number, said.Unit, $"{own.Format(reading.Min).Number} to {own.Format(reading.Max)}", over);
    }

    private StatText SayExpression(ExpressionReading reading)
    {
        var format = FieldFormat.Of(Fields, ValueUnit.Number);
        var said = format.Format(reading.Value);
        var over = reading.Count == 0 ? "" : $"{format.Format(reading.Min).Number} to {format.Format(reading.Max)} in {FieldFormat.Duration(Range is { } range ? TimeSpan.FromTicks(range.To - range.From) : Span)}";
        return new(said.Number, said.Unit, reading.More == 0 ? reading.Name : $"{reading.Name} and {reading.More:N0} more", over);
    }

    // The newest value needs no window of its own.
    private (WindowSpec Spec, TimeSpan? Lateness)? Choose(WindowSpec? own, AggregateSpec aggregate, SeriesKey key)
    {
        if (own is not null) return (own, Settings.Plan.Choose(key).Lateness);
        if (aggregate == s_last || Window == DashboardPanel.RangeWindow) return null;
        var choice = Settings.Plan.Choose(key);
        return (choice.Spec, choice.Lateness);
    }

    private async Task MarkAsync()
    {
        if (PanelId == 0) return;
        var patterns = PanelSeries.Patterns([Series]);
        var keys = PanelSeries.Keys(Scope.Catalog, patterns, 1);
        var thresholds = ChartThresholds.Of(Fields, Rules.Rules.Rules, keys, FieldFormat.Of(Fields, PanelSeries.CommonUnit(keys, patterns)));
        if (thresholds.SequenceEqual(_thresholds)) return;
        _thresholds = thresholds;
        await TellAsync("setThresholds", thresholds);
    }

    private void OnRulesChanged() => _ = InvokeAsync(MarkAsync);

    private void OnSettingsChanged() => _ = InvokeAsync(Replace);
}
