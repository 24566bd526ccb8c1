using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Regressions;

/// <summary>One point ahead of the clock, or a clock that was wrong for two seconds, does not make everything that follows look late.</summary>
public sealed class AheadOfTheClockTests
{
    private static readonly WindowSpec s_last = WindowSpec.Last(3);
    private static readonly long s_ahead = TimeSpan.FromSeconds(290).Ticks;
    private readonly MemoryPointStore _store = new();

    [Fact]
    public async Task Point_290SecondsAhead_IsDrawnAtOnceAndCountsWhenItsTimeHasCome()
    {
        var harness = new EngineHarness(store: _store);
        using var window = harness.Engine.LeaseWindow(0, s_last, []);
        using var chart = harness.Engine.LeaseChart(0, TimeSpan.FromMinutes(10), 600);
        await harness.StepUntilAsync(window.WhenReadyAsync(default));
        await harness.StepUntilAsync(chart.WhenReadyAsync(default));
        await StoreAsync(harness, (0, harness.Now, 1), (0, harness.Now + s_ahead, 99));

        Assert.Equal((1, 1.0), (window.Read().Summary.Count, window.Read().Summary.Last));
        var columns = new List<ChartColumn>();
        chart.CopySince(0, columns);
        Assert.Equal([1.0, 99.0], columns.Select(static column => column.Last));
        Assert.Equal(1, harness.Engine.Status.Ahead);

        harness.Tick(TimeSpan.FromSeconds(10));
        await StoreAsync(harness, (0, harness.Now, 2));
        Assert.Equal((2, 2.0, 0), (window.Read().Summary.Count, window.Read().Summary.Last, window.Read().LateCount));

        harness.Tick(TimeSpan.FromSeconds(278));
        Assert.Equal(2, window.Read().Summary.Count);
        harness.Tick(TimeSpan.FromSeconds(1));
        Assert.Equal((3, 99.0), (window.Read().Summary.Count, window.Read().Summary.Last));
        Assert.Equal(0, harness.Engine.Status.Ahead);
    }

    [Fact]
    public async Task Point_Ahead_WaitsOverARestartToo()
    {
        var before = new EngineHarness(store: _store);
        await StoreAsync(before, (0, before.Now, 1), (0, before.Now + s_ahead, 99));

        var after = new EngineHarness(store: _store);
        await LoadAsync(after);
        using var window = after.Engine.LeaseWindow(0, s_last, []);
        await after.StepUntilAsync(window.WhenReadyAsync(default));
        await StoreAsync(after, (0, after.Now + 1, 2));
        Assert.Equal((2, 2.0, 0), (window.Read().Summary.Count, window.Read().Summary.Last, window.Read().LateCount));
        after.Tick(TimeSpan.FromSeconds(290));
        Assert.Equal((3, 99.0), (window.Read().Summary.Count, window.Read().Summary.Last));
    }

    [Fact]
    public async Task Clock_ADayAheadForTwoSeconds_WindowsAndChartsGoOnAfterwards()
    {
        var harness = new EngineHarness(store: _store);
        using var window = harness.Engine.LeaseWindow(0, WindowSpec.Parse("1m"), []);
        using var chart = harness.Engine.LeaseChart(0, TimeSpan.FromMinutes(5), 300);
        await harness.StepUntilAsync(window.WhenReadyAsync(default));
        await StoreAsync(harness, (0, harness.Now, 1));
        harness.Time.Set(TimeSpan.FromDays(1));
        await StoreAsync(harness, (0, harness.Now, 50));
        harness.Tick(TimeSpan.FromSeconds(2));
        await StoreAsync(harness, (0, harness.Now, 51));
        harness.Time.Set(TimeSpan.FromDays(-1));

        harness.Step();
        await StoreAsync(harness, (0, harness.Now, 2));
        await harness.StepUntilAsync(window.WhenReadyAsync(default));
        await StoreAsync(harness, (0, harness.Now + 1, 3));

        Assert.Equal((3, 3.0, 0), (window.Read().Summary.Count, window.Read().Summary.Last, window.Read().LateCount));
        await Wait.UntilAsync(() => { harness.Step(); return harness.Engine.Status.Ahead == 2; }, "what was stamped in the wrong day waits for that day");
        Assert.True(harness.Engine.TryReadLast(0, out var last));
        Assert.Equal(3, last.Value);
        Assert.Equal(1, chart.Generation);
        var columns = new List<ChartColumn>();
        await Wait.UntilAsync(() => { harness.Step(); columns.Clear(); chart.CopySince(0, columns); return columns.Count == 2; }, "the chart shows the present");
        Assert.Equal([1.0, 3.0], columns.Select(static column => column.Last));
    }

    [Fact]
    public async Task Clock_SetBackWhilePointsAreNotYetStored_NoneIsLostOrDoubled()
    {
        var harness = new EngineHarness(store: _store);
        using var window = harness.Engine.LeaseWindow(0, WindowSpec.Last(100), []);
        await harness.StepUntilAsync(window.WhenReadyAsync(default));
        harness.Time.Set(TimeSpan.FromHours(1));
        var late = EngineHarness.Batch((0, harness.Now, 7), (0, harness.Now + 1, 8));
        harness.Hand(late);
        harness.Step();
        harness.Time.Set(TimeSpan.FromHours(-1));
        harness.Step();
        await _store.AppendAsync(late, default);
        late.Release();
        await harness.StepUntilAsync(window.WhenReadyAsync(default));
        await Wait.UntilAsync(() => { harness.Step(); return harness.Engine.Status.Ahead == 2; }, "both wait");
        harness.Tick(TimeSpan.FromHours(1));
        Assert.Equal(2, window.Read().Summary.Count);
    }

    [Fact]
    public async Task Waiting_MoreThanThereIsRoom_IsCountedAndStored()
    {
        var harness = new EngineHarness(store: _store);
        var points = Enumerable.Range(0, AheadPoints.MaxPoints + 10).Select(i => (0, harness.Now + s_ahead + i, 1.0)).ToArray();
        await StoreAsync(harness, points);
        Assert.Equal((AheadPoints.MaxPoints, 10L), (harness.Engine.Status.Ahead, harness.Engine.Status.AheadRefused));
    }

    [Fact]
    public async Task Rule_AfterAPointAhead_StillSeesWhatComes()
    {
        await using var app = await LiveApp.StartAsync();
        using var rule = new StringContent("""{"name":"hot","expr":"last(blind, 1) > 80"}""");
        using var made = await app.Client.PostAsync(new Uri("/api/rules", UriKind.Relative), rule);
        Assert.True(made.IsSuccessStatusCode);
        var ahead = TimeProvider.System.GetUtcNow().AddSeconds(290).ToUnixTimeMilliseconds();
        await app.PostAsync($$"""{"series":"blind","t":{{ahead}},"value":1}""");
        await app.PostAsync("""{"series":"blind","value":95}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/alerts")).Contains("\"firing\"", StringComparison.Ordinal), "the rule fires");
        Assert.Contains("\"value\":1", await app.GetAsync("/api/points?series=blind&from=now&to=now%2B1d"), StringComparison.Ordinal);
    }

    // As the pipeline does it: the engine first, then the store.
    private async Task StoreAsync(EngineHarness harness, params (int Series, long Ticks, double Value)[] points)
    {
        var batch = EngineHarness.Batch(points);
        batch.Retain();
        harness.Hand(batch);
        await _store.AppendAsync(batch, default);
        batch.Release();
        batch.Release();
        harness.Step();
    }

    private static async Task LoadAsync(EngineHarness harness)
    {
        var service = new EngineService(
            harness.Engine, new EngineOptions(), new SeriesCatalog(new Limits()), new LoopSupervisor(harness.Time, NullLogger<LoopSupervisor>.Instance), harness.Time,
            NullLogger<EngineService>.Instance);
        await service.LoadAheadAsync(default);
        harness.Step();
    }
}
