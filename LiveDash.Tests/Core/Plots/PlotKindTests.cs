using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Tests.Core.Plots;

/// <summary>The structure of every kind: what parts there are, what they say, and that no two texts touch.</summary>
public class PlotKindTests
{
    private static readonly long Start = new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeRange Week = new(Start, Start + (7 * TimeSpan.TicksPerDay));
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<PlotKind> Kinds => [.. Enum.GetValues<PlotKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Render_EveryKindAndFormat_WellFormed(PlotKind kind)
    {
        var spec = new PlotSpec { Kind = kind };
        var reducer = Fill(spec, 2, 500);

        var png = PlotRenderer.Render(spec, reducer);
        Assert.Equal((800, 450), Size(png));
        AssertInflates(png, 800, 450);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(PlotRenderer.Render(spec with { Format = PlotFormat.Pdf }, reducer), 0, 8), StringComparison.Ordinal);
        var svg = Draw(spec, reducer);
        Assert.Contains(svg.Descendants(Svg + "g"), g => (string?)g.Attribute("class") is "series" or "box" or "bar" or "data");
        // In a page that has other fonts texts keep to the room that was reckoned for them.
        Assert.All(svg.Descendants(Svg + "text").Where(static text => text.Value.Length > 1), static text => Assert.True(double.Parse((string)text.Attribute("textLength")!, CultureInfo.InvariantCulture) > 0));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Render_EveryKind_NoPointsIsAPictureThatSaysSo(PlotKind kind)
    {
        var spec = new PlotSpec { Kind = kind };
        var svg = Draw(spec, Fill(spec, 2, 0));

        if (kind != PlotKind.Sparkline) Assert.Contains("No data in this range", Texts(svg).Select(t => t.Text));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Render_EveryKindWithAxes_SaysWhatIsKeptOfItsPoints(PlotKind kind)
    {
        var spec = new PlotSpec { Kind = kind };
        var reducer = Fill(spec, 2, 200);
        reducer.Remark = "kept as summaries of 1m";

        if (kind != PlotKind.Sparkline) Assert.Contains(Texts(Draw(spec, reducer)), static text => text.Text.EndsWith("kept as summaries of 1m", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(800, 450)]
    [InlineData(300, 160)]
    [InlineData(160, 90)]
    [InlineData(1600, 300)]
    public void Render_EveryKindAnySize_TextsNeverTouch(int width, int height)
    {
        foreach (var kind in Enum.GetValues<PlotKind>())
        {
            var spec = new PlotSpec { Kind = kind, Width = width, Height = height, YLabel = "a unit", XLabel = "a dimension" };
            var boxes = Texts(Draw(spec, Fill(spec, 2, 200))).Where(t => !t.Turned).ToList();
            for (var i = 0; i < boxes.Count; i++)
            {
                for (var k = i + 1; k < boxes.Count; k++)
                {
                    var (a, b) = (boxes[i], boxes[k]);
                    var touch = a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
                    Assert.False(touch, $"{kind} {width} x {height}: '{a.Text}' touches '{b.Text}'");
                }
            }
        }
    }

    [Fact]
    public void Render_Line_TitleLegendAxesAndZone()
    {
        var spec = new PlotSpec { YLabel = "percent" };
        var texts = Texts(Draw(spec, Fill(spec, 2, 500))).Select(t => t.Text).ToList();

        Assert.Contains("cpu.load", texts);
        Assert.Contains("web0", texts);
        Assert.Contains("web1", texts);
        Assert.Contains("percent", texts);
        Assert.Contains("4 Nov", texts);
        Assert.Contains(texts, t => t.EndsWith("UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_MarkupInNames_Escaped()
    {
        var spec = new PlotSpec { Title = "<script>&\"" };

        Assert.Contains("<script>&\"", Texts(Draw(spec, Fill(spec, 1, 10))).Select(t => t.Text));
    }

    [Fact]
    public void Render_Dpi192_TwiceThePixels()
    {
        var spec = new PlotSpec { Width = 300, Height = 200, Dpi = 192 };

        Assert.Equal((600, 400), Size(PlotRenderer.Render(spec, Fill(spec, 1, 50))));
    }

    [Fact]
    public void Render_SameInput_SameBytes()
    {
        foreach (var kind in Enum.GetValues<PlotKind>())
        {
            var spec = new PlotSpec { Kind = kind, Theme = PlotTheme.Dark };
            Assert.Equal(PlotRenderer.Render(spec, Fill(spec, 2, 300)), PlotRenderer.Render(spec, Fill(spec, 2, 300)));
        }
    }

    [Fact]
    public void Create_BoxByUnknownTag_SaysWhichThereAre()
    {
        var exception = Assert.Throws<PlotException>(() => Fill(new PlotSpec { Kind = PlotKind.Box, By = "rack" }, 2, 1));

        Assert.Contains("host", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_CorrelationOfThree_Refused() =>
        Assert.Contains("two series", Assert.Throws<PlotException>(() => Fill(new PlotSpec { Kind = PlotKind.Correlation }, 3, 1)).Message, StringComparison.Ordinal);

    internal static PlotReducer Fill(PlotSpec spec, int series, int points)
    {
        var names = Enumerable.Range(0, series).Select(i => new PlotSeries(i, new SeriesKey("cpu.load", [new("host", $"web{i}")]), i)).ToArray();
        var reducer = PlotReducer.Create(spec, names, Week);
        do
        {
            for (var s = 0; s < series && points > 0; s++)
            {
                var random = new Random(s);
                var times = new long[points];
                double[] values = new double[points], x = new double[points], y = new double[points];
                for (var i = 0; i < points; i++)
                {
                    times[i] = Start + (7 * TimeSpan.TicksPerDay / points * i);
                    values[i] = 40 + (15 * Math.Sin(i / 30.0)) + (s * 20) + (4 * random.NextDouble());
                    x[i] = random.Next(100) / 3.0;
                    y[i] = random.Next(60) / 3.0;
                }

                reducer.Add(Enumerable.Repeat(s, points).ToArray(), times, values, x, y);
            }
        }
        while (reducer.NextPass());
        return reducer;
    }

    private static XElement Draw(PlotSpec spec, PlotReducer reducer) =>
        XElement.Parse(Encoding.UTF8.GetString(PlotRenderer.Render(spec with { Format = PlotFormat.Svg }, reducer)));

    private static List<(string Text, double Left, double Right, double Top, double Bottom, bool Turned)> Texts(XElement svg)
    {
        using var measure = LiveDash.Core.Plots.Skia.SkiaCanvas.ForPng(1, 1, 1);
        return [.. svg.Descendants(Svg + "text").Select(t =>
        {
            double N(string name) => double.Parse((string?)t.Attribute(name) ?? "0", CultureInfo.InvariantCulture);
            var size = N("font-size");
            var width = measure.Measure(t.Value, size, (string?)t.Attribute("font-weight") == "bold");
            var left = N("x") - ((string?)t.Attribute("text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 });
            return (t.Value, left, left + width, N("y") - (size * 0.75), N("y") + 1, t.Attribute("transform") is not null);
        })];
    }

    private static (int Width, int Height) Size(byte[] png) => (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    // The one IDAT chunk inflates to a filter byte and three bytes a pixel for every row.
    private static void AssertInflates(byte[] png, int width, int height)
    {
        var at = png.AsSpan().IndexOf("IDAT"u8);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4));
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(png, at + 4, length), CompressionMode.Decompress)) zlib.CopyTo(inflated);
        Assert.Equal(height * ((width * 3) + 1), inflated.Length);
    }
}
