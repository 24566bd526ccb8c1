using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What a panel shows: kind, series by pattern or by choice, aggregate and window by select, or as text for who knows it.</summary>
public sealed partial class DataTab : EditTabBase
{
    private const string Own = "\u0001own";

    private static readonly (PanelKind Kind, string Name)[] s_kinds =
    [
        (PanelKind.Chart, "Chart: lines over time"), (PanelKind.States, "States over time: strips with words"), (PanelKind.Stat, "Number with a sparkline"), (PanelKind.Grid, "Point grid: located points light up"),
        (PanelKind.Series, "Table of series and newest values"), (PanelKind.Forecast, "Forecast: what is expected, and when a value is reached"), (PanelKind.Image, "Image of a plot drawn on a schedule"), (PanelKind.Section, "Section: a heading that folds"),
    ];

    private static readonly IReadOnlyList<(bool, string)> s_bands = [(true, "min to max"), (false, "none")];

    private static readonly string[] s_numberAggregates = ["mean", "min", "max", "sum", "count", "std", "rate", "slope", "delta", "median", "p90", "p95", "p99"];

    /// <summary>What may stand for the points of a chart's column, besides their mean.</summary>
    internal static IReadOnlyList<string> ChartAggregates { get; } = ["last", "first", "min", "max", "sum", "count"];

    /// <summary>The windows to choose from, each with its words.</summary>
    internal static IReadOnlyList<(string Text, string Name)> Windows { get; } =
        [("tumbling 1s", "1 s"), ("tumbling 5s", "5 s"), ("tumbling 10s", "10 s"), ("tumbling 30s", "30 s"), ("tumbling 1m", "1 min"), ("tumbling 5m", "5 min"), ("tumbling 15m", "15 min"), ("tumbling 1h", "1 h")];

    private static readonly TimeSpan[] s_ahead = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    private readonly string _listId = "names-" + Guid.NewGuid().ToString("N")[..8];
    private IReadOnlyList<SeriesKey> _keys = [];
    private IReadOnlyList<(string Text, int Color)> _labels = [];
    private SeriesChoice _how;
    private bool _ownWindow;
    private bool _ownAggregate;

    private SeriesChoice How => Panel is { Expression: not null, Kind: PanelKind.Stat or PanelKind.Chart } ? SeriesChoice.Expression : _how;

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    private IEnumerable<string> Aggregates =>
        (Panel.Kind == PanelKind.Chart ? ChartAggregates : s_numberAggregates).Union(Panel.Aggregate is { Length: > 0 } own && !_ownAggregate ? [own] : []);

    private IReadOnlyList<(string, string)> AggregateChoices =>
        [("", Panel.Kind == PanelKind.Stat ? "newest value" : "mean"), .. Aggregates.Select(static name => (name, name)), .. Panel.Kind == PanelKind.Stat ? [(Own, "own text…")] : Array.Empty<(string, string)>()];

    private IReadOnlyList<(string, string)> WindowChoices =>
        [.. Panel.Kind == PanelKind.Chart ? [("", "a pixel")] : new[] { (DashboardPanel.RangeWindow, "the dashboard's range"), ("", "window settings") }, .. Windows, (Own, "own text…")];

    private IEnumerable<TimeSpan> Spans =>
        new[] { 1, 5, 15, 60, 360, 1440 }.Select(static minutes => TimeSpan.FromMinutes(minutes)).Union(Panel.Span is { } span ? [span] : []).Order();

    // Names alone, and each with its tags as wildcards: what one begins a pattern with.
    private IEnumerable<string> Names =>
        Enumerable.Range(0, Math.Min(Catalog.Count, 2_000)).Select(i => Catalog[i])
            .SelectMany(static key => key.Tags.Count == 0 ? [key.Name] : new[] { key.Name + "{" + string.Join(',', key.Tags.Select(static tag => tag.Key + "=*")) + "}" })
            .Distinct().Take(300);

    private string Said => _keys.Count switch
    {
        0 when Panel.Series.Count == 0 => Panel.Kind == PanelKind.Series ? "Every series, without a pattern" : "Write a name, or a pattern with *",
        0 => "No series matches yet; one that comes will show",
        1 => "✓ 1 series matches",
        var count => $"✓ {count:N0} series match" + (Panel.Kind is PanelKind.Chart or PanelKind.States && count > ChartPanelFeed.MaxLines ? $", {ChartPanelFeed.MaxLines} are drawn" : ""),
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (Panel.Window is { Length: > 0 } window && window != DashboardPanel.RangeWindow && !Windows.Any(w => w.Text == window)) _ownWindow = true;
        if (Panel.Kind == PanelKind.Stat && Panel.Aggregate is { Length: > 0 } aggregate && !s_numberAggregates.Contains(aggregate)) _ownAggregate = true;
        _keys = PanelSeries.Keys(Catalog, PanelSeries.Patterns(Edit.Shown.Series), 5_000);
        var names = LineNames.Of([.. _keys.Take(12)]);
        _labels = [.. _keys.Take(12).Select((key, i) => (names.Labels[i], Catalog.TryFind(key, out var series) ? Catalog.Colors[series] : 0))];
    }

    private void SetHow(SeriesChoice how)
    {
        if (how == How) return;
        if (how == SeriesChoice.Expression) Do("PromQL", panel => panel with { Expression = new PanelExpression(ExpressionStart.Of(panel.Series)) });
        else Do("series", static panel => panel with { Expression = null });
        if (how != SeriesChoice.Expression) _how = how;
    }

    // What is wrong with an entry stands under it; that there is none, or too many, under the first.
    private string? SeriesError(int at) =>
        at < Panel.Series.Count && DashboardPanelJson.CheckPattern(Panel.Series[at]) is { } wrong ? wrong
        : at == 0 && Tried && Panel.Series.All(static text => DashboardPanelJson.CheckPattern(text) is null) ? Error("series") : null;

    private void SetPattern(int at, string? text) => Do("series", panel =>
    {
        var series = panel.Series.ToList();
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0) return at < series.Count ? panel.WithoutSeries(at) : panel;
        if (at < series.Count) series[at] = trimmed;
        else series.Add(trimmed);
        return panel.WithSeries(series);
    });

    private void AddPattern() => Do("one series more", panel => panel.WithSeries([.. panel.Series, panel.Series[^1]]));

    private void SetAggregate(string? text)
    {
        _ownAggregate = text == Own;
        if (_ownAggregate) return;
        Do($"aggregate {(string.IsNullOrEmpty(text) ? "as usual" : text)}", panel => panel with { Aggregate = Trimmed(text) });
    }

    private void SetWindow(string? text)
    {
        _ownWindow = text == Own;
        if (_ownWindow) return;
        Do($"window {(string.IsNullOrEmpty(text) ? "as usual" : text)}", panel => panel with { Window = Trimmed(text) });
    }
}
