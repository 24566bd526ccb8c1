using System.Runtime.CompilerServices;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Tests.Core.Plots;

/// <summary>
/// One picture of each kind as people approved it, in <c>Golden/</c>. What is drawn now must look the same, within what another version of Skia or of
/// the fonts may change. After a change that is meant, run once with <c>LIVEDASH_UPDATE_GOLDENS=1</c> and look at every picture before keeping it.
/// </summary>
public sealed class GoldenTests
{
    // A thin line or a small letter moves the mean of its block by up to a third of its contrast when it lies half a pixel elsewhere.
    private const double MostInABlock = 70;
    private const double MostOnTheWhole = 1.2;
    private static readonly long s_start = new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeRange s_week = new(s_start, s_start + (7 * TimeSpan.TicksPerDay));

    public static TheoryData<string> Names => [.. Specs.Keys];

    private static Dictionary<string, PlotSpec> Specs { get; } = new()
    {
        ["line"] = new() { YLabel = "percent" },
        ["line-bucket-dark"] = new() { Bucket = TimeSpan.FromHours(3), Theme = PlotTheme.Dark, Title = "Load in steps of three hours" },
        ["scatter-log"] = new() { Kind = PlotKind.Scatter, Log = true },
        ["map"] = new() { Kind = PlotKind.Map },
        ["histogram"] = new() { Kind = PlotKind.Histogram },
        ["box"] = new() { Kind = PlotKind.Box },
        ["bar-hour"] = new() { Kind = PlotKind.BarHour, Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") },
        ["bar-tag"] = new() { Kind = PlotKind.BarTag, Aggregate = PlotAggregate.Max },
        ["heatmap-week"] = new() { Kind = PlotKind.HeatmapWeek },
        ["heatmap-grid"] = new() { Kind = PlotKind.HeatmapGrid, Aggregate = PlotAggregate.Count },
        ["correlation"] = new() { Kind = PlotKind.Correlation, Bucket = TimeSpan.FromHours(1) },
        ["sparkline"] = new() { Kind = PlotKind.Sparkline, Width = 160, Height = 40 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Render_Kind_LooksAsApproved(string name)
    {
        var spec = Specs[name];
        if (spec.Kind != PlotKind.Sparkline) spec = spec with { Width = 440, Height = 260 };
        var drawn = PlotRenderer.Render(spec, Fill(spec, spec.Kind == PlotKind.Correlation ? 2 : 3));
        var file = Path.Combine(Folder(), name + ".png");
        if (Environment.GetEnvironmentVariable("LIVEDASH_UPDATE_GOLDENS") == "1") File.WriteAllBytes(file, drawn);
        Assert.True(File.Exists(file), $"{file} is not there.");

        RgbPicture golden = RgbPicture.Read(File.ReadAllBytes(file)), now = RgbPicture.Read(drawn);

        Assert.Equal((golden.Width, golden.Height), (now.Width, now.Height));
        var (greatest, mean) = golden.DifferenceTo(now);
        if (greatest <= MostInABlock && mean <= MostOnTheWhole) return;
        var actual = Path.Combine(Path.GetTempPath(), $"livedash-{name}.png");
        File.WriteAllBytes(actual, drawn);
        Assert.Fail($"{name} looks different: by {greatest:0.0} in one block and {mean:0.00} on the whole. Compare {actual} with {file}.");
    }

    [Fact]
    public void Difference_OneSeriesMissing_IsSeen()
    {
        var spec = Specs["line"] with { Width = 440, Height = 260 };
        RgbPicture three = RgbPicture.Read(PlotRenderer.Render(spec, Fill(spec, 3))), two = RgbPicture.Read(PlotRenderer.Render(spec, Fill(spec, 2)));

        var (greatest, mean) = three.DifferenceTo(two);

        Assert.True(greatest > MostInABlock && mean > MostOnTheWhole, $"{greatest:0.0} in one block, {mean:0.00} on the whole");
    }

    // A week of three hosts: a daily rhythm, noise, a spike, and places around three towns.
    private static PlotReducer Fill(PlotSpec spec, int series)
    {
        const int Points = 7 * 24 * 6;
        var names = Enumerable.Range(0, series).Select(i => new PlotSeries(i, new SeriesKey("cpu.load", [new("host", $"web{i + 1}")]), i)).ToArray();
        var reducer = PlotReducer.Create(spec, names, s_week);
        do
        {
            for (var s = 0; s < series; s++)
            {
                var random = new Random(s + 1);
                var times = new long[Points];
                double[] values = new double[Points], x = new double[Points], y = new double[Points];
                for (var i = 0; i < Points; i++)
                {
                    times[i] = s_start + (i * TimeSpan.TicksPerMinute * 10);
                    var hour = i / 6.0 % 24;
                    var weekend = i / 144 >= 5 ? 0.5 : 1;
                    values[i] = 12 + (s * 9) + (weekend * 24 * Math.Exp(-Math.Pow((hour - 14) / 5, 2))) + (5 * random.NextDouble()) + (i == 400 + (s * 60) ? 40 : 0);
                    x[i] = (s * 6) + random.NextDouble() + random.NextDouble() + random.NextDouble();
                    y[i] = (s * s) + ((random.NextDouble() + random.NextDouble()) * 2);
                }

                reducer.Add(Enumerable.Repeat(s, Points).ToArray(), times, values, x, y);
            }
        }
        while (reducer.NextPass());
        return reducer;
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
