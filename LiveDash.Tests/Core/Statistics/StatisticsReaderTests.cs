using System.Text.Json;
using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Core.Selections;
using LiveDash.Core.Statistics;
using LiveDash.Tests.Shared;
using MathNet.Numerics.Statistics;

namespace LiveDash.Tests.Core.Statistics;

/// <summary>Statistics of selected points, against MathNet and plain counting on the same seeded values.</summary>
public sealed class StatisticsReaderTests
{
    private static readonly long s_monday = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private readonly MemoryPointStore _store = new() { BlockSize = 100 };

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(5, 1e-150)]
    [InlineData(1000, 1.0)]
    [InlineData(3001, 1e9)]
    public async Task Read_SeededValues_AreAsMathNetSays(int count, double size)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (Math.Round(random.NextDouble() * 50) - 10) * size).ToArray();
        for (var i = 0; i < count; i++) _store.Add(0, s_monday + (i * TimeSpan.TicksPerMinute), values[i]);

        var found = await ReadAsync(new() { Series = [0] });

        var sorted = values.Order().ToArray();
        var one = Assert.Single(found.Series);
        Assert.Equal(((long)count, (long)count), (found.Points, one.Count));
        Near(values.Mean(), one.Mean, size);
        Near(values.PopulationStandardDeviation(), one.Std, size);
        Assert.Equal((sorted[0], sorted[^1]), (one.Min, one.Max));
        Near(SortedArrayStatistics.QuantileCustom(sorted, 0.25, QuantileDefinition.R7), one.Q1, size);
        Near(SortedArrayStatistics.QuantileCustom(sorted, 0.5, QuantileDefinition.R7), one.Median, size);
        Near(SortedArrayStatistics.QuantileCustom(sorted, 0.75, QuantileDefinition.R7), one.Q3, size);
        var reach = 1.5 * (one.Q3 - one.Q1);
        Assert.Equal(values.Count(v => v < one.Q1 - reach || v > one.Q3 + reach), one.Outliers);
        Assert.Equal(values.Where(v => v >= one.Q1 - reach).Min(), one.LowerWhisker);
        Assert.Equal(values.Where(v => v <= one.Q3 + reach).Max(), one.UpperWhisker);
        Assert.All(one.Distribution, step => Near(values.Count(v => v <= step.Value) / (double)count, step.Share, 1));
        Assert.Equal(values.Distinct().Count(), one.Distribution.Count);
    }

    [Fact]
    public async Task Read_Histogram_CountsEveryValueOnceBetweenItsEdges()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++) _store.Add(i % 2, s_monday + i, Math.Round((random.NextDouble() * 20) - 5, 1));

        foreach (int? bins in new int?[] { null, 7, 500 })
        {
            var found = await ReadAsync(new() { Series = [0, 1], Bins = bins });

            if (bins is { } asked) Assert.Equal(asked + 1, found.Edges.Count);
            Assert.Equal(found.Edges, found.Edges.Order());
            Assert.All(found.Series, one => Assert.Equal(1000, one.Bins.Sum()));
            var all = Values(2000).ToList();
            for (var bin = 0; bin < found.Edges.Count - 1 && bins is null; bin++)
            {
                var within = all.Where((v, i) => i % 2 == 0 && v >= found.Edges[bin] - 1e-12 && v < found.Edges[bin + 1] - 1e-12).Count();
                Assert.Equal(within, found.Series[0].Bins[bin]);
            }
        }

        static IEnumerable<double> Values(int count)
        {
            var random = new Random(3);
            for (var i = 0; i < count; i++) yield return Math.Round((random.NextDouble() * 20) - 5, 1);
        }
    }

    [Fact]
    public async Task Read_ManyDistinctValues_ToldStepsAreExact()
    {
        var random = new Random(8);
        var values = Enumerable.Range(0, 5000).Select(_ => random.NextDouble()).ToArray();
        for (var i = 0; i < values.Length; i++) _store.Add(0, s_monday + i, values[i]);

        var one = Assert.Single((await ReadAsync(new() { Series = [0] })).Series);

        Assert.InRange(one.Distribution.Count, 100, SeriesSummary.MostSteps);
        Assert.All(one.Distribution, step => Assert.Equal(values.Count(v => v <= step.Value) / 5000.0, step.Share));
        Assert.Equal(1, one.Distribution[^1].Share);
    }

    [Fact]
    public async Task Read_HoursOfTheWeek_AreOfTheZoneAskedFor()
    {
        // Monday 23:30 UTC is Tuesday 00:30 in Berlin.
        _store.Add(0, s_monday + TimeSpan.FromHours(23.5).Ticks, 4);
        _store.Add(0, s_monday + TimeSpan.FromHours(23.75).Ticks, 6);
        _store.Add(0, s_monday + TimeSpan.FromDays(7).Ticks + TimeSpan.FromHours(23.5).Ticks, 8);

        var week = Assert.Single((await ReadAsync(new() { Series = [0], Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") })).Series).Week;

        Assert.Equal(new WeekHour(3, 6), week[24]);
        Assert.Equal(1, week.Count(static cell => cell.Count > 0));
    }

    [Fact]
    public async Task Read_Correlation_IsPearsonsOfMeansWhereBothHaveSome()
    {
        var random = new Random(11);
        double[] x = new double[500], y = new double[500];
        for (var i = 0; i < 500; i++)
        {
            (x[i], y[i]) = (random.NextDouble(), random.NextDouble());
            y[i] += x[i];
            _store.Add(0, s_monday + (i * TimeSpan.TicksPerSecond), x[i]);
            _store.Add(1, s_monday + (i * TimeSpan.TicksPerSecond), y[i] * 1e9);
            if (i % 5 == 0) _store.Add(2, s_monday + (i * TimeSpan.TicksPerSecond), -x[i]);
        }

        var found = await ReadAsync(new() { Series = [0, 1, 2] });

        Assert.Equal([(0, 1, 500), (0, 2, 100), (1, 2, 100)], found.Pairs.Select(static pair => (pair.First, pair.Second, pair.Count)));
        Assert.Equal(MathNet.Numerics.Statistics.Correlation.Pearson(x, y), found.Pairs[0].R, 12);
        Assert.Equal(-1, found.Pairs[1].R, 12);
        Assert.Equal(500, found.Pairs[0].Pairs.Count);
    }

    [Fact]
    public async Task Read_SeriesThatDoesNotChange_HasNoCorrelation()
    {
        for (var i = 0; i < 10; i++)
        {
            _store.Add(0, s_monday + i, 5);
            _store.Add(1, s_monday + i, i);
        }

        Assert.True(double.IsNaN(Assert.Single((await ReadAsync(new() { Series = [0, 1] })).Pairs).R));
    }

    [Fact]
    public async Task Read_Shape_TakesWhatLiesWithin()
    {
        for (var i = 0; i < 100; i++) _store.Add(0, s_monday + i, i, i % 10, i / 10);
        using var json = JsonDocument.Parse("""{"type":"Polygon","coordinates":[[[-0.5,-0.5],[4.5,-0.5],[4.5,2.5],[-0.5,2.5],[-0.5,-0.5]]]}""");

        var found = await ReadAsync(new() { Series = [0], Shape = GeoJson.Parse(json.RootElement) });

        Assert.Equal(15, found.Points);
        Assert.Equal((0d, 24d), (found.Series[0].Min, found.Series[0].Max));
    }

    [Fact]
    public async Task Read_ShapeOverTime_TakesWhatLiesWithin()
    {
        var unix = 1_700_000_000_000L;
        for (var i = 0; i < 100; i++) _store.Add(0, DateTime.UnixEpoch.Ticks + ((unix + i) * TimeSpan.TicksPerMillisecond), i);
        using var json = JsonDocument.Parse($$"""{"type":"Polygon","coordinates":[[[{{unix}},-1],[{{unix + 50}},-1],[{{unix + 50}},20],[{{unix}},20],[{{unix}},-1]]]}""");

        var found = await ReadAsync(new() { Series = [0], Shape = GeoJson.Parse(json.RootElement), Plane = ShapePlane.TimeValue });

        Assert.Equal(21, found.Points);
    }

    [Fact]
    public async Task Read_Nothing_IsEmpty()
    {
        Assert.Equal(0, (await ReadAsync(new() { Series = [] })).Points);
        Assert.Equal(0, (await ReadAsync(new() { Series = [3] })).Points);
        _store.Add(0, s_monday, 1);
        Assert.Equal(0, (await ReadAsync(new() { Series = [0], Range = new TimeRange(s_monday + 1, s_monday + 2) })).Points);
    }

    [Fact]
    public async Task Read_HugeValues_StayFinite()
    {
        double[] values = [double.MaxValue, -double.MaxValue, double.MaxValue / 2, 5e-324, 0, 1];
        for (var i = 0; i < values.Length; i++) _store.Add(0, s_monday + i, values[i]);

        var found = await ReadAsync(new() { Series = [0] });

        var one = Assert.Single(found.Series);
        Assert.All([one.Mean, one.Std, one.Q1, one.Median, one.Q3, .. found.Edges], static number => Assert.True(double.IsFinite(number)));
        Assert.Equal(double.MaxValue / 12, one.Mean, double.MaxValue * 1e-15);
        Assert.Equal(6, one.Bins.Sum());
    }

    [Fact]
    public async Task Read_MoreThanTheLimit_NamesLimitAndSetting()
    {
        for (var i = 0; i < 1001; i++) _store.Add(0, s_monday + i, i);

        var fault = await Assert.ThrowsAsync<StatisticsException>(() => ReadAsync(new() { Series = [0] }, most: 1000));

        Assert.Contains("1,000", fault.Message, StringComparison.Ordinal);
        Assert.Contains("LiveDash:Limits:MaxStatisticsPoints", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1001, (await ReadAsync(new() { Series = [0] }, most: 1001)).Points);
    }

    [Fact]
    public async Task Read_ManySeries_ThoseWithMostPointsAreTold()
    {
        for (var series = 0; series < 25; series++)
        {
            for (var i = 0; i <= series; i++) _store.Add(series, s_monday + i, i);
        }

        var found = await ReadAsync(new() { Series = [.. Enumerable.Range(0, 25)] });

        Assert.Equal(5, found.LeftOut);
        Assert.Equal(Enumerable.Range(5, 20), found.Series.Select(static one => one.Series));
    }

    [Fact]
    public async Task Read_Cancelled_EndsTheScan()
    {
        for (var i = 0; i < 500; i++) _store.Add(0, s_monday + i, i);
        using var asking = new CancellationTokenSource();
        _store.BetweenBlocks = async cancellation =>
        {
            await asking.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(new() { Series = [0] }, cancellation: asking.Token));

        Assert.Equal(0, _store.OpenScans);
    }

    private async Task<SelectionStatistics> ReadAsync(StatisticsRequest request, long most = 5_000_000, CancellationToken cancellation = default)
    {
        using var reader = new StatisticsReader(_store, new Limits { MaxStatisticsPoints = most });
        return await reader.ReadAsync(request, cancellation);
    }

    private static void Near(double expected, double actual, double size) => Assert.True(Math.Abs(expected - actual) <= 1e-12 * size * 100, $"{actual} is not {expected}.");
}
