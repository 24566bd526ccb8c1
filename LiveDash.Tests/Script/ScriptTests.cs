using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Api.Reading;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Http;

namespace LiveDash.Tests.Script;

public class ScriptTests
{
    private static readonly long s_epoch = DateTime.UnixEpoch.Ticks;

    [NodeFact]
    public Task Marks_ThatOverlap_ShadeEachMomentOnce() => NodeScripts.RunAsync("chart-marks.test.mjs");

    [NodeFact]
    public Task ChartRange_OfValuesApartByRoundingAlone_HasNoEndlessAxis() => NodeScripts.RunAsync("chart-range.test.mjs");

    [NodeFact]
    public Task Frames_WrittenByTheServer_AreReadByTheBrowser()
    {
        var writer = new FrameWriter();
        writer.Begin();
        writer.BeginPanel(7, FrameKind.Stat, reset: true);
        writer.Write(1.5);
        writer.Write(double.NaN);
        writer.Write(0, [new ChartColumn(s_epoch + TimeSpan.TicksPerSecond, 1, -2, 3, 4, 1.5, 7)]);
        writer.Write(["1.5", "µs", "a detail – with a dash"]);
        writer.EndPanel();
        writer.BeginPanel(8, FrameKind.Chart, reset: false);
        writer.Write(-60_000.0);
        writer.Write(0.0);
        writer.Write(100.0);
        writer.Write(2, 1);
        writer.Write(1, [new ChartColumn(s_epoch, 1, 1, 1, 1, 1, 1), new ChartColumn(s_epoch + 1_000_000, 2, 2, 2, 2, 2, 3)]);
        writer.Write(2, 5);
        writer.Write(0.0);
        writer.Write(3.0);
        writer.Write(["cpu, region=eu", "host", "web-1", "web-2", "cpu{host=web-1}", "cpu{host=web-2}"]);
        writer.EndPanel();
        writer.BeginPanel(9, FrameKind.Located, reset: true);
        writer.Write(3.0);
        writer.Write(1, 2);
        foreach (var value in new[] { 10.0, 20, 11, 12, 21, 22 }) writer.Write(value);
        writer.EndPanel();
        writer.BeginPanel(10, FrameKind.Rows, reset: true);
        writer.Write(2, 1);
        foreach (var value in new[] { 4.0, 0.5, 1000, 5, 0.25, double.NaN }) writer.Write(value);
        writer.Write(4, [new ChartColumn(s_epoch, 9, 9, 9, 9, 9, 1)]);
        writer.Write(["0.5", ""]);
        writer.EndPanel();

        return NodeScripts.RunAsync("frames.test.mjs", ("frame.bin", writer.Finish(42, s_epoch + (5 * TimeSpan.TicksPerSecond))));
    }

    [NodeFact]
    public Task ChartLegend_LineWithoutPoints_IsNotCountedWithEveryFrame() => NodeScripts.RunAsync("chart-legend.test.mjs");

    [NodeFact]
    public Task ChartGaps_OfLinesSilentTogether_AreSaidOnce() => NodeScripts.RunAsync("chart-gaps.test.mjs");

    [NodeFact]
    public Task RuleChart_Ticks_DifferFromOneAnother() => NodeScripts.RunAsync("rule-chart.test.mjs");

    [NodeFact]
    public Task ChartStack_Lines_StandOnOneAnother() => NodeScripts.RunAsync("chart-stack.test.mjs");

    [NodeFact]
    public Task Columns_MergedFromFrames_DrawEveryExtreme() => NodeScripts.RunAsync("columns.test.mjs");

    [NodeFact]
    public Task States_OfColumns_LastUntilTheNext() => NodeScripts.RunAsync("states.test.mjs");

    [NodeFact]
    public Task Stat_OfStates_SaysForHowLong() => NodeScripts.RunAsync("stat.test.mjs");

    [NodeFact]
    public Task Sparkline_OfStates_HoldsEachUntilTheNext() => NodeScripts.RunAsync("sparkline.test.mjs");

    [NodeFact]
    public Task PointReader_CutAnywhere_ReadsTheSame() => NodeScripts.RunAsync("point-reader.test.mjs");

    [NodeFact]
    public Task Export_Failed_IsTold() => NodeScripts.RunAsync("explore-result.test.mjs");

    [NodeFact]
    public async Task PointArrow_WrittenByTheServerAndCutAnywhere_IsReadTheSame()
    {
        var catalog = new SeriesCatalog(new Limits());
        var names = new[] { "coords", "Tür{ort=Zürich,水=東京}", "grin 😀" };
        foreach (var name in names) Assert.True(SeriesKey.TryParse(name, out var key) && catalog.TryIntern(key!, out _));
        var early = s_epoch - 4999;
        var late = new DateTime(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc).Ticks + 1_234_567;
        PointBlock[] blocks =
        [
            new() { Ids = new long[] { 1, 2, 3 }, Series = new[] { 0, 0, 1 }, Times = new[] { 0, early - 1, early }, Values = new[] { 0, -1.25, 1e308 } },
            new()
            {
                Ids = new long[] { 4, 5, (1L << 53) - 1 }, Series = new[] { 1, 0, 2 }, Times = new[] { s_epoch, s_epoch + 10_000, late }, Values = new[] { 5e-324, 3, 4 },
                X = new[] { 0.1, double.NaN, -179.9999999 }, Y = new[] { 0.2, double.NaN, 1e20 },
            },
        ];
        var expected = new List<object>();
        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Count; i++)
            {
                var located = !block.X.IsEmpty && !double.IsNaN(block.X.Span[i]);
                expected.Add(new
                {
                    id = block.Ids.Span[i], ms = block.Times.Span[i] == 0 ? (double?)null : (block.Times.Span[i] - s_epoch) / 1e4, value = block.Values.Span[i],
                    pt = located ? new[] { block.X.Span[i], block.Y.Span[i] } : null, series = names[block.Series.Span[i]],
                });
            }
        }

        await NodeScripts.RunAsync(
            "point-arrow.test.mjs", ("points.arrow", await ArrowAsync(catalog, blocks)), ("none.arrow", await ArrowAsync(catalog, [])), ("points.json", JsonSerializer.SerializeToUtf8Bytes(expected)));
    }

    [NodeFact]
    public Task Shape_InAnAddress_ReadsBack() => NodeScripts.RunAsync("shape-text.test.mjs");

    [NodeFact]
    public Task Times_InTheChosenZone_AreToldByItsClock() => NodeScripts.RunAsync("zone-time.test.mjs");

    [NodeFact]
    public Task ExploreTraces_FewAndManyPoints_AreMarksAndCells() => NodeScripts.RunAsync("explore-traces.test.mjs");

    [NodeFact]
    public Task Grid_WholeNumbers_HaveACellEach() => NodeScripts.RunAsync("grid.test.mjs");

    [NodeFact]
    public Task TimeAxis_AnyRange_HasRoundTimes() => NodeScripts.RunAsync("time-axis.test.mjs");

    [NodeFact]
    public Task Wall_MoreRowsThanTheScreenHolds_ArePages() => NodeScripts.RunAsync("wall.test.mjs");

    [NodeFact]
    public Task Format_EveryUnit_SameTextOnServerAndInTheBrowser()
    {
        var random = new Random(11);
        double[] values =
        [
            0, 1, -1, 0.5, 7.25, 12.34, 99.99, 100, 123.45, 999.9, 999.99, 1000, 1023, 1024, 1048576, 999_999, 1e6, 1.5e9, 3e12, 1e15, 2e18, 1e21, 5e22,
            0.01, 0.0099, 1e-5, -1e-7, 59.9, 60, 3600, 86400, 1e-9, 2.5e-6, -0.001, double.NaN, double.PositiveInfinity,
            .. Enumerable.Range(0, 300).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-6, 16))),
        ];
        var cases = Enum.GetValues<ValueUnit>().SelectMany(unit => values.Select(value =>
        {
            var (number, suffix) = ValueFormat.Format(value, unit);
            return new { bits = BitConverter.DoubleToInt64Bits(value).ToString("x16", null), unit = ValueFormat.ScriptName(unit), number, suffix };
        }));

        return NodeScripts.RunAsync("format.test.mjs", ("cases.json", JsonSerializer.SerializeToUtf8Bytes(cases)));
    }

    // As the server answers it.
    private static async Task<byte[]> ArrowAsync(SeriesCatalog catalog, IReadOnlyList<PointBlock> blocks)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await new ArrowStream(catalog, Enum.GetValues<PointField>(), [0, 1, 2], blocks.ToAsyncEnumerable()).ExecuteAsync(context);
        return body.ToArray();
    }
}
