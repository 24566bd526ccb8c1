using Plotly.Blazor;
using Plotly.Blazor.ConfigLib;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterGlLib;

namespace LiveDash.Web.Components.Exploring;

/// <summary>
/// The typed figure of explored points: a trace of points and one of cells, without data, with the axes, the colour bars and what a hand may do. The points
/// never cross the circuit: <c>js/explore-plot.js</c> streams them in and draws them on these traces, in the theme's colours and the reader's zone. Pure.
/// </summary>
internal static class ExploreFigure
{
    private const decimal BarWidth = 12;

    /// <summary>The two traces, in the order that the script takes them: points, cells.</summary>
    public static IList<ITrace> Traces() =>
    [
        new ScatterGl
        {
            Mode = ModeFlag.Markers,
            HoverInfo = HoverInfoFlag.None,
            Marker = new Marker
            {
                Opacity = 0.75m,
                Line = new() { Width = 0 },
                ColorBar = new() { Thickness = BarWidth, OutlineWidth = 1, Title = new() { Side = Plotly.Blazor.Traces.ScatterGlLib.MarkerLib.ColorBarLib.TitleLib.SideEnum.Right } },
            },
        },
        new HeatMap
        {
            HoverInfo = Plotly.Blazor.Traces.HeatMapLib.HoverInfoFlag.None,
            HoverOnGaps = false,
            ColorBar = new() { Thickness = BarWidth, OutlineWidth = 1, TickMode = Plotly.Blazor.Traces.HeatMapLib.ColorBarLib.TickModeEnum.Array, Title = new() { Side = Plotly.Blazor.Traces.HeatMapLib.ColorBarLib.TitleLib.SideEnum.Right } },
        },
    ];

    /// <summary>Axes, margins, legend.</summary>
    public static Plotly.Blazor.Layout Layout() => new()
    {
        ShowLegend = false,
        HoverMode = HoverModeEnum.Closest,
        DragMode = DragModeEnum.Pan,
        PaperBgColor = "rgba(0,0,0,0)",
        Margin = new Plotly.Blazor.LayoutLib.Margin { L = 64, R = 12, T = 8, B = 52 },
        Legend = [new Legend { Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H, X = 0, Y = 1, YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom }],
        XAxis =
        [
            new XAxis
            {
                Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Linear, Ticks = Plotly.Blazor.LayoutLib.XAxisLib.TicksEnum.Outside, ExponentFormat = Plotly.Blazor.LayoutLib.XAxisLib.ExponentFormatEnum.SI,
                FixedRange = false, TickFont = new() { Size = 12 }, Title = new() { Standoff = 10 },
            },
        ],
        YAxis =
        [
            new YAxis
            {
                Type = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Linear, Ticks = Plotly.Blazor.LayoutLib.YAxisLib.TicksEnum.Outside, ExponentFormat = Plotly.Blazor.LayoutLib.YAxisLib.ExponentFormatEnum.SI,
                FixedRange = false, TickFont = new() { Size = 12 }, Title = new() { Standoff = 6 },
            },
        ],
    };

    /// <summary>What a hand may do: the wheel zooms; a double click is the script's.</summary>
    public static Config Config() => new()
    {
        DisplayModeBar = Plotly.Blazor.ConfigLib.DisplayModeBarEnum.False,
        ScrollZoom = ScrollZoomFlag.Cartesian,
        DoubleClick = DoubleClickEnum.False,
        Responsive = false,
    };
}
