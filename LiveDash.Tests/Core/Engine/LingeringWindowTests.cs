using LiveDash.Core.Engine;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Engine;

/// <summary>Windows that are asked for once, and again.</summary>
public class LingeringWindowTests
{
    private readonly EngineHarness _harness;

    public LingeringWindowTests()
    {
        var store = new MemoryPointStore();
        _harness = new EngineHarness(store: store);
        for (var series = 0; series < 100; series++)
        {
            for (var i = 0; i < 3; i++) store.Add(series, _harness.Now - (i * TimeSpan.TicksPerSecond), series);
        }

        for (var i = 0; i <= LingeringWindows.MaxPoints; i++) store.Add(100, _harness.Now - i, 1);
    }

    [Fact]
    public async Task QueryAsync_AskedAgainSoon_SeesWhatCameMeanwhileWithoutReadingTheStore()
    {
        Assert.Equal((3, 15), await AskAsync(5));
        _harness.Post((5, _harness.Now + 1, 7));
        _harness.Tick(LingeringWindows.Patience - TimeSpan.FromSeconds(1));

        Assert.Equal((4, 22), await AskAsync(5));
        Assert.Equal(1, _harness.Engine.Status.Scans);

        // Asked for again, it stays as long anew.
        _harness.Tick(LingeringWindows.Patience - TimeSpan.FromSeconds(1));
        Assert.Equal((4, 22), await AskAsync(5));
        Assert.Equal((1, 1), (_harness.Engine.Status.Scans, _harness.Engine.Status.Windows));
    }

    [Fact]
    public async Task QueryAsync_NotAskedAgain_IsGivenBackAfterAWhile()
    {
        await AskAsync(5);
        _harness.Tick(LingeringWindows.Patience);
        Assert.Equal(0, _harness.Engine.Status.Windows);

        await AskAsync(5);
        Assert.Equal(2, _harness.Engine.Status.Scans);
    }

    [Fact]
    public async Task QueryAsync_OtherAggregates_IsAWindowOfItsOwn()
    {
        await AskAsync(5);
        var query = _harness.Engine.QueryAsync(5, WindowSpec.Last(50_000), [AggregateSpec.Parse("p90")], default);
        await _harness.StepUntilAsync(query);

        Assert.Equal(5, (await query).Extras[0]);
        Assert.Equal((1, 2), (_harness.Engine.Status.Scans, _harness.Engine.Status.Windows));
        _harness.Tick(LingeringWindows.Patience);
        Assert.Equal(0, _harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task QueryAsync_LargeWindow_IsGivenBackAtOnce()
    {
        Assert.Equal(LingeringWindows.MaxPoints + 1, (await AskAsync(100)).Count);
        Assert.Equal(0, _harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task QueryAsync_GrowsLargeWhileItStays_IsGivenBack()
    {
        await AskAsync(5);
        _harness.Post([.. Enumerable.Range(1, LingeringWindows.MaxPoints).Select(i => (5, _harness.Now + i, 1.0))]);
        _harness.Tick(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _harness.Engine.Status.Windows);
    }

    [Fact]
    public async Task QueryAsync_MoreThanStay_TheLastIsNotKept()
    {
        for (var series = 0; series <= LingeringWindows.MaxWindows; series++) await AskAsync(series);
        Assert.Equal(LingeringWindows.MaxWindows, _harness.Engine.Status.Windows);

        var scans = _harness.Engine.Status.Scans;
        // Asked for in turn, all but the one too many are found.
        for (var series = 0; series <= LingeringWindows.MaxWindows; series++) await AskAsync(series);
        Assert.Equal(scans + 1, _harness.Engine.Status.Scans);

        // Where others gave up there is a place for it.
        _harness.Tick(LingeringWindows.Patience);
        await AskAsync(LingeringWindows.MaxWindows);
        await AskAsync(LingeringWindows.MaxWindows);
        Assert.Equal((scans + 2, 1), (_harness.Engine.Status.Scans, _harness.Engine.Status.Windows));
    }

    [Fact]
    public async Task Dispose_LeaseOfAWindowThatStays_LeavesIt()
    {
        await AskAsync(5);
        var lease = _harness.Engine.LeaseWindow(5, WindowSpec.Last(50_000), []);
        _harness.Step();
        // Held longer than it would have stayed.
        _harness.Tick(LingeringWindows.Patience);
        Assert.Equal((1, 3), (_harness.Engine.Status.Windows, lease.Read().Summary.Count));

        lease.Dispose();
        _harness.Step();
        Assert.Equal(0, _harness.Engine.Status.Windows);
    }

    private async Task<(long Count, double Sum)> AskAsync(int series)
    {
        var query = _harness.Engine.QueryAsync(series, WindowSpec.Last(50_000), [], default);
        await _harness.StepUntilAsync(query);
        return ((await query).Summary.Count, (await query).Summary.Sum);
    }
}
