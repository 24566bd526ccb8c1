using System.Text.Json;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>Reads and checks one panel; the checks also serve the panel editor, which shows each error beside its field.</summary>
public static class DashboardPanelJson
{
    private const int MaxPlot = 64;

    /// <summary>The shortest and longest time a panel may reach back.</summary>
    public static (TimeSpan Least, TimeSpan Most) SpanBounds { get; } = (TimeSpan.FromSeconds(10), TimeSpan.FromDays(31));

    /// <summary>The shortest and longest time a forecast may look ahead.</summary>
    public static (TimeSpan Least, TimeSpan Most) AheadBounds { get; } = (TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));

    /// <summary>What is wrong with a series pattern, or null.</summary>
    public static string? CheckPattern(string text) =>
        text.Length > 1000 ? "A pattern has at most 1,000 characters."
        : SeriesPattern.TryParse(text, out _) ? null
        : "A series is written name or name{tag=value}; * stands for anything.";

    /// <summary>What is wrong with a window's text, or null; none at all is right.</summary>
    public static string? CheckWindow(string? text) =>
        string.IsNullOrWhiteSpace(text) || text == DashboardPanel.RangeWindow || WindowSpec.TryParse(text, out _, out var error) ? null : error;

    /// <summary>What is wrong with an aggregate's text, or null; none at all is right.</summary>
    public static string? CheckAggregate(string? text) =>
        string.IsNullOrWhiteSpace(text) || AggregateSpec.TryParse(text, out _, out var error) ? null : error;

    /// <summary>What is wrong with the name of a scheduled plot, or null; only an image needs one.</summary>
    public static string? CheckPlot(PanelKind kind, string text) =>
        text.Length == 0 ? kind == PanelKind.Image ? "An image shows a scheduled plot: name one." : null
        : text.Length > MaxPlot || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? "The name of a scheduled plot has letters, digits, dots, dashes and underscores only."
        : null;

    /// <summary>What is wrong with the text of a span, or null; none at all is right.</summary>
    public static string? CheckSpan(string? text, out TimeSpan? span)
    {
        span = null;
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!DurationText.TryParse(text, out var read)) return "A duration is written 30s, 5m, 2h or 7d.";
        if (read < SpanBounds.Least || read > SpanBounds.Most) return "From 10 seconds to 31 days.";
        span = read;
        return null;
    }

    /// <summary>What is wrong with the text of how far a forecast looks ahead, or null; none at all is right.</summary>
    public static string? CheckAhead(string? text, out TimeSpan? ahead)
    {
        ahead = null;
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!DurationText.TryParse(text, out var read)) return "A duration is written 15m, 1h or 7d.";
        if (read < AheadBounds.Least || read > AheadBounds.Most) return "From 5 minutes to 7 days.";
        ahead = read;
        return null;
    }

    /// <summary>What is wrong with the text of how far evaluations are apart, or null; none at all is right.</summary>
    public static string? CheckStep(string? text, out TimeSpan? step)
    {
        step = null;
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!DurationText.TryParse(text, out var read)) return "A duration is written 15s, 1m or 1h.";
        if (read < TimeSpan.FromSeconds(1) || read > SpanBounds.Most) return "From 1 second to 31 days.";
        step = read;
        return null;
    }

    internal static DashboardPanel Read(JsonElement element, string path, List<DashboardError> errors)
    {
        var fields = new JsonFields(element, path, errors);
        if (!fields.IsObject) return new DashboardPanel { Id = path, Kind = PanelKind.Chart };
        fields.AllowOnly(["id", "kind", "title", "series", "expr", "legendFormat", "step", "window", "aggregate", "plot", "span", "ahead", "target", .. FieldConfigJson.Names, "collapsed", "x", "y", "w", "h"]);
        var id = fields.Text("id", null, 40);
        if (id.Length > 0 && !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) fields.Wrong("id", "Letters, digits and dashes only.");
        var kind = ReadKind(fields);
        var expression = ReadExpression(fields, kind);
        var (series, queries) = ReadSeries(fields, path, kind, expression is null, errors);
        if (expression is not null && series.Count > 0) fields.Wrong("series", "A panel shows an expression or series, not both.");
        var (w, h) = DashboardLayout.DefaultSize(kind);
        var window = Checked(fields, "window", CheckWindow);
        var aggregate = Checked(fields, "aggregate", CheckAggregate);
        var plot = fields.Text("plot", "", MaxPlot).Trim();
        if (CheckPlot(kind, plot) is { } plotError) fields.Wrong("plot", plotError);
        if (CheckSpan(fields.Text("span", "", 40), out var span) is { } spanError) fields.Wrong("span", spanError);
        if (CheckAhead(fields.Text("ahead", "", 40), out var ahead) is { } aheadError) fields.Wrong("ahead", aheadError);
        w = fields.Integer("w", w, 1, DashboardLayout.Columns);
        return new DashboardPanel
        {
            Id = id,
            Kind = kind,
            Title = fields.Text("title", "", DashboardPanel.MaxTitle).Trim(),
            Series = series,
            Queries = queries,
            Expression = expression,
            Window = window,
            Aggregate = aggregate,
            Plot = plot.Length == 0 ? null : plot,
            Span = span,
            Ahead = ahead,
            Target = fields.Number("target"),
            Fields = FieldConfigJson.Read(fields, errors),
            IsCollapsed = fields.Boolean("collapsed", false),
            X = fields.Integer("x", 0, 0, DashboardLayout.Columns - w),
            Y = fields.Integer("y", 0, 0, 10_000),
            W = w,
            H = fields.Integer("h", h, 1, DashboardLayout.MaxHeight),
        };
    }

    private static PanelKind ReadKind(JsonFields fields)
    {
        var text = fields.Text("kind", null, 20);
        foreach (var kind in Enum.GetValues<PanelKind>())
        {
            if (text.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase)) return kind;
        }

        if (text.Length > 0) fields.Wrong("kind", "It is one of stat, chart, states, grid, series, image, forecast, section.");
        return PanelKind.Chart;
    }

    private static PanelExpression? ReadExpression(JsonFields fields, PanelKind kind)
    {
        var text = fields.Text("expr", "", PanelExpression.MaxText).Trim();
        var legend = fields.Text("legendFormat", "", PanelExpression.MaxLegend).Trim();
        if (CheckStep(fields.Text("step", "", 40), out var step) is { } error) fields.Wrong("step", error);
        if (text.Length == 0)
        {
            if (legend.Length > 0) fields.Wrong("legendFormat", "It belongs to an expression, 'expr'.");
            if (step is not null) fields.Wrong("step", "It belongs to an expression, 'expr'.");
            return null;
        }

        if (kind is not (PanelKind.Chart or PanelKind.Stat)) fields.Wrong("expr", "Charts and numbers show an expression.");
        return new PanelExpression(text, legend, step);
    }

    private static (IReadOnlyList<string> Series, IReadOnlyList<PanelQuery> Queries) ReadSeries(JsonFields fields, string path, PanelKind kind, bool isNeeded, List<DashboardError> errors)
    {
        var before = errors.Count;
        var (series, queries) = (new List<string>(), new List<PanelQuery>());
        foreach (var (element, at) in fields.Items("series", DashboardPanel.MaxPatterns))
        {
            var found = errors.Count;
            var (text, query) = element.ValueKind == JsonValueKind.Object ? ReadEntry(new JsonFields(element, at, errors), kind) : (element.ValueKind == JsonValueKind.String ? element.GetString()!.Trim() : "", PanelQuery.OfPanel);
            if (errors.Count == found && CheckPattern(text) is { } error) errors.Add(new(at, error));
            series.Add(text);
            queries.Add(query);
        }

        isNeeded &= kind is not (PanelKind.Series or PanelKind.Image or PanelKind.Section);
        if (series.Count == 0 && isNeeded && errors.Count == before) errors.Add(new(path + ".series", "At least one series is needed."));
        var trimmed = queries.FindLastIndex(static query => query != PanelQuery.OfPanel) + 1;
        return (series, queries[..trimmed]);
    }

    private static (string Series, PanelQuery Query) ReadEntry(JsonFields fields, PanelKind kind)
    {
        fields.AllowOnly("series", "aggregate", "window");
        var query = new PanelQuery(Checked(fields, "aggregate", CheckAggregate), Checked(fields, "window", CheckWindow));
        if (query != PanelQuery.OfPanel && kind != PanelKind.Chart) fields.Wrong("series", "Only a chart has an aggregate or a window for each of its series.");
        return (fields.Text("series", null, 1000).Trim(), query);
    }

    private static string? Checked(JsonFields fields, string name, Func<string?, string?> check)
    {
        var text = fields.Text(name, "", 100).Trim();
        if (check(text) is { } error) fields.Wrong(name, error);
        return text.Length == 0 ? null : text;
    }
}
