using System.Text;
using System.Xml.Linq;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Plots.Maps;

namespace LiveDash.Tests.Core.Plots;

/// <summary>Data that plots went wrong on: huge and hardly different values, holes, places on the globe; and what stands beside axes.</summary>
public sealed class PlotCaseTests
{
    private static readonly long s_start = new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeRange s_day = new(s_start, s_start + TimeSpan.TicksPerDay);

    public static TheoryData<PlotKind> Kinds => [.. Enum.GetValues<PlotKind>().Where(static kind => kind != PlotKind.Correlation)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Render_HugestValues_IsFinite(PlotKind kind)
    {
        var svg = Svg(new PlotSpec { Kind = kind }, "q02_huge", [0, 1, 2, 3], [1.7e308, -1.7e308, 1e308, 0], [1.7e308, -1.7e308, 0, 1], [1, -1.7e308, 1.7e308, 0]);

        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlotKind.Line, "y")]
    [InlineData(PlotKind.Scatter, "y")]
    [InlineData(PlotKind.Histogram, "x")]
    public void Render_ValuesThatHardlyDiffer_TickLabelsDifferAndTheOffsetIsTold(PlotKind kind, string axis)
    {
        var svg = Svg(new PlotSpec { Kind = kind }, "q05_off", [0, 1, 2, 3, 4], [1e15, 1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4]);

        var labels = Texts(svg, "axis " + axis).Where(static text => !text.Contains('+', StringComparison.Ordinal) && !text.Contains("value", StringComparison.Ordinal)).ToList();
        Assert.True(labels.Count >= 3, string.Join(" | ", labels));
        Assert.Equal(labels.Distinct().Count(), labels.Count);
        Assert.Contains("+ 1,000,000,000,000,000", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1764000000, 0.1)]
    [InlineData(-5e12, 0.25)]
    [InlineData(1, 1e-9)]
    [InlineData(0, 1e-300)]
    [InlineData(3.3e200, 1e190)]
    [InlineData(99999.5, 0.1)]
    public void Render_AnyOffsetAndStep_TickLabelsDiffer(double offset, double step)
    {
        var svg = Svg(new PlotSpec(), "off", [.. Enumerable.Range(0, 10)], [.. Enumerable.Range(0, 10).Select(i => offset + (i * step))]);

        var labels = Texts(svg, "axis y").Where(static text => !text.StartsWith("+ ", StringComparison.Ordinal) && !text.StartsWith("− ", StringComparison.Ordinal)).ToList();
        Assert.Equal(labels.Distinct().Count(), labels.Count);
    }

    [Fact]
    public void Render_HoleOfSixHours_LineIsBroken()
    {
        // A point a minute for two hours, six hours of nothing, and two hours more.
        int[] minutes = [.. Enumerable.Range(0, 120), .. Enumerable.Range(480, 120)];
        var times = minutes.Select(static m => s_start + (m * TimeSpan.TicksPerMinute)).ToArray();

        var path = Line(Svg(new PlotSpec(), "q11_gap", times, [.. minutes.Select(static m => m % 60.0)]));

        Assert.Equal(2, path.Count(static c => c == 'M'));
    }

    [Fact]
    public void Render_PointsALittleIrregular_LineIsWhole()
    {
        var times = Enumerable.Range(0, 200).Select(static i => s_start + ((i * 5) + (i % 7)) * TimeSpan.TicksPerMinute / 2).ToArray();

        Assert.Equal(1, Line(Svg(new PlotSpec(), "steady", times, [.. times.Select(static (_, i) => (double)(i % 9))])).Count(static c => c == 'M'));
    }

    [Fact]
    public void Render_PlacesOnTheGlobe_StandOnTheWorldsLand()
    {
        var svg = Svg(new PlotSpec { Kind = PlotKind.Map }, "quakes", [0, 1, 2], [4, 5, 6], [-122.4, 139.7, 28.9], [37.8, 35.7, 41.0]);

        Assert.Contains("class=\"land\"", svg, StringComparison.Ordinal);
        Assert.Contains("longitude", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PlacesOfAPlan_HaveNoCoastlineAndSaySo()
    {
        var svg = Svg(new PlotSpec { Kind = PlotKind.Map }, "robots", [0, 1], [1, 2], [10, 400], [20, 300]);

        Assert.DoesNotContain("class=\"land\"", svg, StringComparison.Ordinal);
        Assert.Contains("no coastlines", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13.4, 52.5, true)]
    [InlineData(-70.0, -10.0, true)]
    [InlineData(134.0, -25.0, true)]
    [InlineData(-30.0, 40.0, false)]
    [InlineData(-140.0, 0.0, false)]
    [InlineData(80.0, -30.0, false)]
    // The Caspian Sea is water within land.
    [InlineData(50.5, 42.0, false)]
    public void Land_Place_IsLandOrSea(double x, double y, bool isLand)
    {
        // Even and odd: how many borders a ray to the east crosses.
        var crossed = 0;
        foreach (var ring in WorldLand.Instance.Rings)
        {
            for (var i = 1; i < ring.Corners.Count; i++)
            {
                var (a, b) = (ring.Corners[i - 1], ring.Corners[i]);
                if (a.Y > y != b.Y > y && x < a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X))) crossed++;
            }
        }

        Assert.Equal(isLand, crossed % 2 == 1);
    }

    [Theory]
    [InlineData("request_ms", "ms")]
    [InlineData("memory_bytes", "bytes")]
    [InlineData("cpu.usage", "%")]
    [InlineData("orders", null)]
    public void Unit_OfSeries_StandsBesideTheAxis(string name, string? unit)
    {
        Assert.Equal(unit, PlotUnits.Of([new(0, new SeriesKey(name, []), 0), new(1, new SeriesKey(name, [new("host", "a")]), 1)]));
        var texts = Texts(Svg(new PlotSpec { Unit = unit }, name, [0, 1], [1, 2]), "axis y");

        Assert.Equal(unit is not null, texts.Contains(unit ?? "none"));
    }

    [Fact]
    public void Unit_OfSeveralKinds_IsNone() => Assert.Null(PlotUnits.Of([new(0, new SeriesKey("a_ms", []), 0), new(1, new SeriesKey("b_bytes", []), 1)]));

    [Fact]
    public void Render_ColourScale_SaysWhatItMeasures()
    {
        var svg = Svg(new PlotSpec { Kind = PlotKind.HeatmapWeek, Unit = "ms" }, "a", [0, 1, 2], [1, 2, 3]);

        Assert.Contains("mean, ms", Texts(svg, "colors"));
    }

    private static string Svg(PlotSpec spec, string name, int[] hours, double[] values, double[]? x = null, double[]? y = null) =>
        Svg(spec, name, [.. hours.Select(static h => s_start + (h * TimeSpan.TicksPerHour))], values, x, y);

    private static string Svg(PlotSpec spec, string name, long[] times, double[] values, double[]? x = null, double[]? y = null)
    {
        var reducer = PlotReducer.Create(spec, [new(0, new SeriesKey(name, []), 0)], s_day);
        do reducer.Add(new int[times.Length], times, values, x ?? [], y ?? []);
        while (reducer.NextPass());
        return Encoding.UTF8.GetString(PlotRenderer.Render(spec with { Format = PlotFormat.Svg }, reducer));
    }

    private static List<string> Texts(string svg, string group) =>
        [.. XElement.Parse(svg).Descendants().Where(e => (string?)e.Attribute("class") == group).SelectMany(static e => e.Descendants()).Where(static e => e.Name.LocalName == "text").Select(static e => e.Value)];

    private static string Line(string svg) =>
        (string)XElement.Parse(svg).Descendants().Single(static e => (string?)e.Attribute("class") == "series").Descendants()
            .First(static e => e.Name.LocalName == "path" && (string?)e.Attribute("fill") == "none").Attribute("d")!;
}
