using LiveDash.Core.Ingestion;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class SourceRegistryTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private readonly SourceRegistry _sources = new(Options.Create(new IngestOptions { MaxSources = 16 }));

    [Fact]
    public void Get_SameName_IsTheSameLedger()
    {
        Assert.Same(_sources.Get("http", "a"), _sources.Get("http", "a"));
        Assert.NotSame(_sources.Get("http", "a"), _sources.Get("influx", "a"));
    }

    [Fact]
    public void Get_TooManyNames_ShareOneLedger()
    {
        for (var i = 0; i < 16; i++) _sources.Get("http", "n" + i);
        Assert.Equal("(others)", _sources.Get("http", "late").Name);
        Assert.Same(_sources.Get("http", "late"), _sources.Get("http", "later"));
        Assert.Equal("n3", _sources.Get("http", "n3").Name);
        Assert.Equal(17, _sources.Snapshot(0).Count);
    }

    [Fact]
    public void Get_HostileName_IsMadeHarmless()
    {
        Assert.Equal("a?b?", _sources.Get("http", "a\nb\u202E").Name);
        Assert.Equal(100, _sources.Get("http", new string('x', 500)).Name.Length);
    }

    [Fact]
    public void Snapshot_Rate_IsOfTheLastTenSeconds()
    {
        var source = _sources.Get("host", "a");
        for (var second = 100; second < 120; second++) source.Queued(50, 0, second * Second);
        Assert.Equal(50, source.Snapshot(120 * Second).Rate);
        Assert.Equal(25, source.Snapshot(125 * Second).Rate);
        Assert.Equal(0, source.Snapshot(1000 * Second).Rate);
    }

    [Fact]
    public void Snapshot_LagAndLastSeen_AreOfTheNewestBatch()
    {
        var source = _sources.Get("host", "a");
        Assert.Null(source.Snapshot(0).Lag);
        source.Queued(1, 95 * Second, 100 * Second);
        Assert.Equal(TimeSpan.FromSeconds(5), source.Snapshot(0).Lag);
        source.Queued(1, 103 * Second, 101 * Second);
        Assert.Equal(TimeSpan.Zero, source.Snapshot(0).Lag);
        Assert.Equal(101 * Second, source.Snapshot(0).LastSeen);
    }

    [Fact]
    public void Snapshot_ClockSteppedBack_LosesNothing()
    {
        var source = _sources.Get("host", "a");
        source.Queued(10, 0, 100 * Second);
        source.Queued(10, 0, 50 * Second);
        Assert.Equal(20, source.Snapshot(50 * Second).Offered);
        Assert.Equal(2, source.Snapshot(101 * Second).Rate);
    }

    [Fact]
    public void ReasonNames_AreSnakeCase()
    {
        Assert.Equal("not_finite", ReasonNames.Of(RejectReason.NotFinite));
        Assert.Equal("bad_utf8", ReasonNames.Of(RejectReason.BadUtf8));
        Assert.Equal("bad_json", ReasonNames.Of(RejectReason.BadJson));
        Assert.Equal("store_full", ReasonNames.Of(DropReason.StoreFull));
    }
}
