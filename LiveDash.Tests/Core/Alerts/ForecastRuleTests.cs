using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Tests.Core.Engine;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules on what is to come, by their preview and by the lease that shares their model.</summary>
public sealed class ForecastRuleTests
{
    private static readonly long s_step = 5 * TimeSpan.TicksPerMinute;

    [Fact]
    public async Task TimeTo_DiskFull_FiresDaysBefore()
    {
        // 1 % in an hour from 0: at 4 % there are 96 hours to go.
        var result = await PreviewAsync("time_to(x, 100) < 3d", static i => i / 12.0, 800);

        var episode = Assert.Single(result.Episodes);
        Assert.InRange((episode.From - Start) / (double)TimeSpan.TicksPerHour, 27.5, 29);
        Assert.False(episode.Resolved);
    }

    [Fact]
    public async Task Forecast_OfALineAnHourAhead_FiresAnHourBefore()
    {
        var result = await PreviewAsync("forecast(x, 1h) > 50", static i => i / 12.0, 700);

        var episode = Assert.Single(result.Episodes);
        Assert.InRange((episode.From - Start) / (double)TimeSpan.TicksPerHour, 48, 49.6);
    }

    [Fact]
    public async Task Forecast_BeforeItKnows_DecidesNothing() => Assert.Empty((await PreviewAsync("forecast(x, 1h) > -1", static i => i, 50)).Episodes);

    [Fact]
    public async Task Lease_Forecast_LearnsFromTheStoreAndGoesOn()
    {
        var store = new MemoryPointStore();
        var harness = new EngineHarness(store: store);
        for (var i = 0; i < 400; i++) store.Add(0, harness.Now + ((i - 400) * s_step), i / 12.0);
        using var lease = harness.Engine.LeaseForecast(0, TimeSpan.FromHours(1));
        await harness.StepUntilAsync(lease.WhenReadyAsync(default));

        Assert.True(lease.Prediction.IsKnown);
        Assert.InRange(lease.Prediction.Value, 33.5, 35);
        var reach = lease.TimeToAsync(100, default);
        await harness.StepUntilAsync(reach);
        Assert.InRange((await reach).At!.Value.TotalHours, 65, 68.5);
        var before = lease.Prediction.At;
        harness.Time.Advance(TimeSpan.FromMinutes(5));
        harness.Post((0, harness.Now, 33.4));
        harness.Step();
        Assert.Equal(before + s_step, lease.Prediction.At);
        Assert.True(lease.Prediction.IsKnownAt(harness.Now));

        // Silent for half a day: an hour ahead of then has passed, and when it is full is nearer by what passed.
        var told = await AskAsync(harness, lease);
        harness.Time.Advance(TimeSpan.FromHours(12));
        Assert.False(lease.Prediction.IsKnownAt(harness.Now));
        Assert.Equal(told.At - TimeSpan.FromHours(12), (await AskAsync(harness, lease)).At);
        harness.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(TimeToValue.Unknown, await AskAsync(harness, lease));
    }

    private static async Task<TimeToValue> AskAsync(EngineHarness harness, DetectorLease lease)
    {
        var reach = lease.TimeToAsync(100, default);
        await harness.StepUntilAsync(reach);
        return await reach;
    }

    private static long Start => JudgeHarness.Start - (JudgeHarness.Start % s_step);

    private static Task<PreviewResult> PreviewAsync(string expr, Func<int, double> value, int points)
    {
        var catalog = new SeriesCatalog(new Limits());
        Assert.True(catalog.TryIntern(new SeriesKey("x"), out var series));
        var store = new MemoryPointStore();
        for (var i = 0; i < points; i++) store.Add(series, Start + (i * s_step), value(i));
        var end = Start + (points * s_step);
        return new RulePreview(store, catalog, new Limits(), new ManualTime(new DateTimeOffset(end, TimeSpan.Zero)))
            .RunAsync(JudgeHarness.Rule(expr), new TimeRange(Start, end), default);
    }
}
