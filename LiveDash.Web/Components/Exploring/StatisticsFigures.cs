using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Statistics;
using LiveDash.Web.ViewModels;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;

namespace LiveDash.Web.Components.Exploring;

/// <summary>Makes the typed figures of statistics, at most some 2,000 numbers each, in the theme's colours. Not thread-safe.</summary>
/// <param name="found">The statistics.</param>
/// <param name="catalog">Names and colours of series.</param>
/// <param name="ink">The theme's colours.</param>
/// <param name="value">What values are called, with their unit.</param>
/// <param name="zone">The zone of hours and weekdays.</param>
/// <param name="stops">The colour scale; null for the theme's.</param>
internal sealed class StatisticsFigures(SelectionStatistics found, SeriesCatalog catalog, PlotInk ink, string value, TimeZoneInfo zone, IReadOnlyList<string>? stops)
{
    // Of a distribution the table tells so many steps a series.
    private const int MostRows = 100;
    private static readonly string[] s_days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>How often each value came.</summary>
    public StatisticsFigure Histogram()
    {
        List<object> centres = [.. found.Edges.Zip(found.Edges.Skip(1), static (a, b) => (object)(a + ((b / 2) - (a / 2))))];
        var traces = found.Series.Select(one => (ITrace)new Bar
        {
            Name = Name(one), X = centres, Y = [.. one.Bins.Select(static n => (object)n)], Opacity = found.Series.Count > 1 ? 0.6m : 1,
            Marker = new() { Color = Color(one), Line = new() { Width = 0 } }, HoverTemplate = "%{x}: %{hovertext}<extra>%{fullData.name}</extra>", HoverTextArray = [.. one.Bins.Select(static n => Counted.Of(n, "point"))],
        }).ToList();
        var layout = Layout(value, "points");
        (layout.BarMode, layout.BarGap) = (BarModeEnum.Overlay, 0.04m);
        var rows = Enumerable.Range(0, found.Edges.Count - 1)
            .Select(i => (IReadOnlyList<string>)[NumberWords.Of(found.Edges[i]), NumberWords.Of(found.Edges[i + 1]), .. found.Series.Select(one => NumberWords.Of(one.Bins[i]))]);
        return new("Histogram", $"How many of {Counted.Of(found.Points, "point")} {(found.Edges.Count == 2 ? "lie in one bin" : $"lie in each of {found.Edges.Count - 1:N0} bins")}.", traces, layout, ["From", "To", .. Names()], [.. rows]);
    }

    /// <summary>Quartiles, whiskers and what lies beyond.</summary>
    public StatisticsFigure Box()
    {
        var traces = new List<ITrace>();
        foreach (var one in found.Series)
        {
            traces.Add(new Plotly.Blazor.Traces.Box
            {
                Name = Name(one), Orientation = Plotly.Blazor.Traces.BoxLib.OrientationEnum.H, Y = [Name(one)], Q1 = [one.Q1], Median = [one.Median], Q3 = [one.Q3], Mean = [one.Mean],
                LowerFence = [one.LowerWhisker], UpperFence = [one.UpperWhisker], Line = new() { Color = Color(one), Width = 1.5m }, ShowLegend = false,
            });
            if (one.FarOutliers.Count == 0) continue;
            traces.Add(new Scatter
            {
                Name = Name(one), Mode = Plotly.Blazor.Traces.ScatterLib.ModeFlag.Markers, X = [.. one.FarOutliers.Select(static v => (object)v)], Y = [.. one.FarOutliers.Select(_ => (object)Name(one))],
                Marker = new() { Color = Color(one), Size = 4, Opacity = 0.6m }, ShowLegend = false, HoverTemplate = "%{x}<extra>beyond the whiskers</extra>",
            });
        }

        var layout = Layout(value, null);
        layout.YAxis[0].AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True;
        layout.YAxis[0].Type = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Category;
        var rows = found.Series.Select(one => (IReadOnlyList<string>)
        [
            Name(one), NumberWords.Of(one.Count), NumberWords.Of(one.Mean), NumberWords.Of(one.Std), NumberWords.Of(one.Min), NumberWords.Of(one.LowerWhisker), NumberWords.Of(one.Q1),
            NumberWords.Of(one.Median), NumberWords.Of(one.Q3), NumberWords.Of(one.UpperWhisker), NumberWords.Of(one.Max), NumberWords.Of(one.Outliers),
        ]);
        return new("Box", "The box holds the middle half of the values, its line is the median, the whiskers end at the last value within one and a half boxes.", traces, layout,
            ["Series", "Points", "Mean", "Std", "Min", "Lower whisker", "Lower quartile", "Median", "Upper quartile", "Upper whisker", "Max", "Beyond the whiskers"], [.. rows]);
    }

    /// <summary>The share of values up to each value.</summary>
    public StatisticsFigure Distribution()
    {
        var traces = found.Series.Select(one => (ITrace)new Scatter
        {
            Name = Name(one), Mode = Plotly.Blazor.Traces.ScatterLib.ModeFlag.Lines, X = [one.Min, .. one.Distribution.Select(static step => (object)step.Value)],
            Y = [0.0, .. one.Distribution.Select(static step => (object)(step.Share * 100))], Line = new() { Shape = Plotly.Blazor.Traces.ScatterLib.LineLib.ShapeEnum.Hv, Color = Color(one), Width = 2 },
            HoverTemplate = "%{y:.4g} % are at most %{x}<extra>%{fullData.name}</extra>",
        }).ToList();
        var rows = found.Series.SelectMany(one => Some(one.Distribution).Select(step => (IReadOnlyList<string>)[Name(one), NumberWords.Of(step.Value), NumberWords.Of(step.Share * 100)]));
        return new("Distribution (ECDF)", "The share of the values that are at most as great as each value.", traces, Layout(value, "share of values, %"), ["Series", "Value", "At most this, %"], [.. rows]);
    }

    /// <summary>Hours of the week of one series.</summary>
    public StatisticsFigure Week(int series, bool byCount)
    {
        var one = found.Series.FirstOrDefault(summary => summary.Series == series) ?? found.Series[0];
        var z = s_days.Select((_, day) => (object)Enumerable.Range(0, 24).Select(hour => Cell(one.Week[(day * 24) + hour], byCount)).ToArray()).ToList();
        var label = byCount ? "points" : $"mean {value}";
        var map = new HeatMap
        {
            X = [.. Enumerable.Range(0, 24).Select(static hour => (object)hour.ToString("00", CultureInfo.InvariantCulture))], Y = [.. s_days.Select(static day => (object)day)], Z = z,
            ColorScale = Scale(stops ?? ink.Heat), XGap = 1, YGap = 1, HoverOnGaps = false, HoverTemplate = "%{y} %{x} o'clock: %{z}<extra></extra>",
            ColorBar = new() { Thickness = 12, OutlineWidth = 0, TickFont = new() { Color = ink.Text }, Title = new() { Text = label, Side = Plotly.Blazor.Traces.HeatMapLib.ColorBarLib.TitleLib.SideEnum.Right } },
        };
        var layout = Layout($"hour of day, {zone.Id}", null);
        layout.XAxis[0].Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Category;
        layout.YAxis[0].AutoRange = Plotly.Blazor.LayoutLib.YAxisLib.AutoRangeEnum.Reversed;
        layout.YAxis[0].AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True;
        layout.ShowLegend = false;
        var rows = one.Week.Select((cell, i) => (cell, i)).Where(static pair => pair.cell.Count > 0)
            .Select(pair => (IReadOnlyList<string>)[s_days[pair.i / 24], (pair.i % 24).ToString("00", CultureInfo.InvariantCulture), NumberWords.Of(pair.cell.Count), NumberWords.Of(pair.cell.Mean)]);
        return new("Hour and weekday", $"{Name(one)} in each hour of the week, over all weeks.", [map], layout, ["Weekday", "Hour", "Points", "Mean"], [.. rows]);
    }

    /// <summary>How series move together; null for fewer than two.</summary>
    public StatisticsFigure? Correlation()
    {
        if (found.Series.Count < 2) return null;
        var rows = found.Pairs.Select(pair => (IReadOnlyList<string>)[Name(pair.First), Name(pair.Second), NumberWords.Of(pair.R), NumberWords.Of(pair.Count)]);
        var says = $"Pearson's coefficient of means over {EpisodeWords.Length(found.Bucket.Ticks)} each, in which both series have values.";
        var (traces, layout) = found.Series.Count == 2 ? Scattered(found.Pairs[0]) : Matrix();
        return new("Correlation", says, traces, layout, ["Series", "With", "r", "Pairs"], [.. rows]);
    }

    private (IList<ITrace> Traces, Plotly.Blazor.Layout Layout) Scattered(PairSummary pair)
    {
        var dots = new Scatter
        {
            Mode = Plotly.Blazor.Traces.ScatterLib.ModeFlag.Markers, X = [.. pair.Pairs.Select(static p => (object)p.X)], Y = [.. pair.Pairs.Select(static p => (object)p.Y)],
            Marker = new() { Color = ink.Series[0], Size = 5, Opacity = 0.6m }, HoverTemplate = "%{x}, %{y}<extra></extra>",
        };
        var layout = Layout(Name(pair.First), Name(pair.Second));
        layout.ShowLegend = false;
        layout.Annotations =
        [
            new Annotation
            {
                Text = $"r = {NumberWords.Of(Math.Round(pair.R, 4))}, {NumberWords.Of(pair.Count)} pairs", XRef = "paper", YRef = "paper", X = 0.01m, Y = 0.99m, ShowArrow = false,
                BgColor = ink.Surface, Font = new() { Color = ink.Strong, Size = 12 },
            },
        ];
        return ([dots], layout);
    }

    private (IList<ITrace> Traces, Plotly.Blazor.Layout Layout) Matrix()
    {
        var n = found.Series.Count;
        var r = new double[n, n];
        var places = found.Series.Select(static (one, i) => (one.Series, i)).ToDictionary(static pair => pair.Series, static pair => pair.i);
        for (var i = 0; i < n; i++) r[i, i] = 1;
        foreach (var pair in found.Pairs)
        {
            var (a, b) = (places[pair.First], places[pair.Second]);
            r[a, b] = r[b, a] = pair.R;
        }

        List<object> names = [.. Names()];
        var map = new HeatMap
        {
            X = names, Y = names, Z = [.. Enumerable.Range(0, n).Select(a => (object)Enumerable.Range(0, n).Select(b => Finite(r[a, b])).ToArray())], ZMin = -1, ZMax = 1,
            // Two colours about zero, whatever scale is chosen for amounts.
            ColorScale = Scale([ink.Series[1], ink.Surface, ink.Series[0]]), XGap = 1, YGap = 1, HoverOnGaps = false, HoverTemplate = "%{x}, %{y}: r = %{z:.3f}<extra></extra>",
            TextTemplate = n <= 8 ? "%{z:.2f}" : null,
            ColorBar = new() { Thickness = 12, OutlineWidth = 0, TickFont = new() { Color = ink.Text }, Title = new() { Text = "r", Side = Plotly.Blazor.Traces.HeatMapLib.ColorBarLib.TitleLib.SideEnum.Right } },
        };
        var layout = Layout(null, null);
        layout.XAxis[0].AutoMargin = Plotly.Blazor.LayoutLib.XAxisLib.AutoMarginFlag.True;
        layout.YAxis[0].AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True;
        layout.YAxis[0].AutoRange = Plotly.Blazor.LayoutLib.YAxisLib.AutoRangeEnum.Reversed;
        layout.ShowLegend = false;
        return ([map], layout);
    }

    private Plotly.Blazor.Layout Layout(string? x, string? y) => new()
    {
        AutoSize = true, ShowLegend = found.Series.Count > 1, HoverMode = HoverModeEnum.Closest, DragMode = DragModeEnum.False, PaperBgColor = ink.Surface, PlotBgColor = ink.Surface,
        Font = new() { Family = ink.Font, Color = ink.Text, Size = 12 }, Margin = new Plotly.Blazor.LayoutLib.Margin { L = 60, R = 12, T = 8, B = 48 },
        HoverLabel = new() { BgColor = ink.Surface, BorderColor = ink.Line, Font = new() { Color = ink.Strong } },
        Legend = [new Legend { Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H, X = 0, Y = 1, YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom }],
        XAxis = [new XAxis { GridColor = ink.Grid, ZeroLineColor = ink.Line, LineColor = ink.Line, ExponentFormat = Plotly.Blazor.LayoutLib.XAxisLib.ExponentFormatEnum.SI, Title = new() { Text = x ?? "", Standoff = 8 } }],
        YAxis = [new YAxis { GridColor = ink.Grid, ZeroLineColor = ink.Line, LineColor = ink.Line, ExponentFormat = Plotly.Blazor.LayoutLib.YAxisLib.ExponentFormatEnum.SI, Title = new() { Text = y ?? "", Standoff = 6 } }],
    };

    private static object? Cell(WeekHour cell, bool byCount) => cell.Count == 0 ? null : byCount ? cell.Count : cell.Mean;

    // JSON has no NaN.
    private static object? Finite(double number) => double.IsFinite(number) ? number : null;

    private static List<object> Scale(IReadOnlyList<string> colors) => [.. colors.Select((color, i) => (object)new object[] { (double)i / (colors.Count - 1), color })];

    private static IEnumerable<DistributionStep> Some(IReadOnlyList<DistributionStep> steps)
    {
        var step = Math.Max(1, (steps.Count + MostRows - 1) / MostRows);
        return steps.Where((_, i) => i % step == 0 || i == steps.Count - 1);
    }

    private IEnumerable<string> Names() => found.Series.Select(Name);

    private string Name(SeriesSummary one) => Name(one.Series);

    private string Name(int series) => catalog[series].ToString();

    private string Color(SeriesSummary one) => ink.Series[catalog.Colors[one.Series]];
}
