using System.Text;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Storage;

namespace LiveDash.Tests.Core.Jobs;

/// <summary>Small plots and figures of downsampled series: of all points, and they say so.</summary>
public sealed class QuickPlotSummaryTests : IAsyncLifetime
{
    private const string Said = "kept as summaries of 1m";
    private readonly PlotSpec _spec = new() { Format = PlotFormat.Svg };
    private TempStore _store = null!;
    private QuickPlots _plots = null!;
    private int _series;
    private TimeRange _range;

    public async Task InitializeAsync()
    {
        _store = await TempStore.OpenAsync(static options => options.Tiers.Add(new TierSetting { Keep = "raw for 1d, 1m for 30d" }));
        _series = _store.Series("old.load");
        var first = (_store.Clock.Ticks - TimeSpan.FromDays(5).Ticks) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;
        // One stands out, and is not the last of its minute.
        await _store.AppendAsync(Enumerable.Range(0, 4_096).Select(i => new StoredPoint(_series, first + (i * TimeSpan.TicksPerSecond), i == 2_001 ? 500 : i % 10)));
        await _store.SealAsync();
        await _store.StepAsync(_store.Clock.GetUtcNow());
        Assert.InRange((await _store.ScanAsync(_series)).Count, 69, 70);
        _range = new TimeRange(first - TimeSpan.TicksPerHour, first + (2 * TimeSpan.TicksPerHour));
        _plots = new QuickPlots(_store.Catalog, _store.Points, new Limits());
    }

    public async Task DisposeAsync()
    {
        _plots.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task FiguresAsync_DownsampledSeries_AreThoseOfAllPoints()
    {
        var figure = Assert.Single((await _plots.FiguresAsync([], _range, 10, default))!);
        var values = Enumerable.Range(0, 4_096).Select(static i => i == 2_001 ? 500.0 : i % 10).ToList();
        Assert.Equal((4_096L, 0.0, 500.0, 5.0), (figure.Count, figure.Min, figure.Max, figure.Last));
        Assert.Equal(values.Average(), figure.Mean, 1e-9);
    }

    [Fact]
    public async Task DrawAsync_DownsampledSeries_ReachesToTheGreatestAndSaysSo() => Check(await _plots.DrawAsync(_spec, ["old.*"], _range, default));

    [Fact]
    public async Task DrawOneAsync_DownsampledSeries_ReachesToTheGreatestAndSaysSo() => Check(await _plots.DrawOneAsync(_spec, _series, _range, default));

    [Fact]
    public async Task DrawOneAsync_DownsampledSeriesWithLines_ReachesToTheGreatestAndSaysSo() =>
        Check(await _plots.DrawOneAsync(_spec, _series, [(new SeriesKey("expected"), [_range.To - TimeSpan.TicksPerMinute], [3.0])], _range, default));

    private static void Check(byte[]? file)
    {
        var svg = Encoding.UTF8.GetString(file!);
        Assert.Contains(Said, svg, StringComparison.Ordinal);
        Assert.Contains(">500<", svg, StringComparison.Ordinal);
    }
}
