using System.Collections.Concurrent;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>A preview over many series judges each by itself with the same outcome, says how far it is, and stops when nobody waits.</summary>
public sealed class LargePreviewTests
{
    private const int Series = 40;
    private const int Points = 500;
    private readonly ManualTime _time = new();
    private readonly MemoryPointStore _store = new() { BlockSize = 64 };
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly TimeRange _range;

    public LargePreviewTests()
    {
        _range = new TimeRange(_time.Ticks - TimeSpan.FromSeconds(Points).Ticks, _time.Ticks);
        var random = new Random(7);
        for (var s = 0; s < Series; s++) Assert.True(_catalog.TryIntern(new SeriesKey("p", [new("n", $"{s}")]), out _));
        for (var i = 0; i < Points; i++)
        {
            for (var s = 0; s < Series; s++)
            {
                // Some are silent now and then, one begins late.
                if (random.Next(20) == 0 || (s == 3 && i < 200)) continue;
                _store.Add(s, _range.From + (i * TimeSpan.TicksPerSecond) + s, random.Next(100));
            }
        }
    }

    [Theory]
    [InlineData("mean(p{n=*}, 5s) > 70 for 2s keep 2s clear 60")]
    [InlineData("last(p{n=*}, 1) > 95 critical 98")]
    [InlineData("max(p{n=*}, 3) < 20 or min(p{n=*}, 3) > 80")]
    public async Task Run_SeriesApart_IsAsTogether(string expr)
    {
        var preview = new RulePreview(_store, _catalog, new Limits(), _time);
        var apart = await preview.RunAsync(Rule(expr, "keep"), _range, default, columns: 50);
        // A rule that minds whether all are silent is judged over all series at once: here none ever are.
        var together = await preview.RunAsync(Rule(expr, "ok"), _range, default, columns: 50);
        Assert.Equal((together.Points, together.Series, together.Total), (apart.Points, apart.Series, apart.Total));
        Assert.Equal(
            together.Episodes.OrderBy(static e => (e.From, e.Series)).Select(static e => e.ToString()), apart.Episodes.OrderBy(static e => (e.From, e.Series)).Select(static e => e.ToString()));
        Assert.True(apart.Total > 0);
        Assert.Equal(12, apart.Lines.Count);
    }

    [Theory]
    [InlineData("last(q{n=*}, 1) > 90", true)]
    [InlineData("mean(q{n=*}, 5s) > 40 for 2s keep 3s clear 20", true)]
    [InlineData("mean(q{n=*}, 40) >= 30 critical 35", true)]
    [InlineData("min(q{n=*}, 3) < -50", true)]
    [InlineData("p95(q{n=*}, 200) > 60 keep 10s", true)]
    [InlineData("outside(q{n=*}, 10s, -40, 40)", true)]
    [InlineData("max(q{n=*}, 20s) == 95", true)]
    [InlineData("max(q{n=*}, 20s) > 80 and rate(q{n=*}, 1m) > 0.5", true)]
    [InlineData("max(q{n=*}, 20s) > 94 or first(q{n=*}, 10) < -90", true)]
    [InlineData("last(q{n=*}, 1) > 8 for 30s", true)]
    [InlineData("sum(q{n=*}, 20s) > 80", false)]
    [InlineData("not mean(q{n=*}, 20s) < 80", false)]
    [InlineData("mean(q{n=*}, session 10s) > 30", false)]
    [InlineData("max(q{n=*}, tumbling 1m) > 80", false)]
    public async Task Run_ByTheBoundsOfStretches_IsAsPointByPoint(string expr, bool passes)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var catalog = new SeriesCatalog(new Limits());
            var store = new MemoryPointStore { BlockSize = 40 };
            var range = Draw(new Random(seed), catalog, store);
            var onMissing = seed % 2 == 0 ? "keep" : "resolve";
            var (plain, quick) = (new RulePreview(store, catalog, new Limits(), _time) { UsesBounds = false }, new RulePreview(store, catalog, new Limits(), _time));
            var rule = NoticeHarness.Read(new RuleConfig { Id = "r", Name = "r", Expr = expr, OnNoData = "keep", OnMissing = onMissing, StaleAfter = seed % 3 == 0 ? "15s" : "5m" });
            var (all, some) = (await plain.RunAsync(rule, range, default), await quick.RunAsync(rule, range, default));
            Assert.Equal((all.Points, all.Series, all.Total), (some.Points, some.Series, some.Total));
            Assert.Equal(all.Episodes.Select(static e => e.ToString()), some.Episodes.Select(static e => e.ToString()));
            Assert.Equal(passes, some.Passed > all.Points / 10);
            Assert.Equal(0, all.Passed);
        }
    }

    // In 64ths, so that sums are exact: what a mean rounds depends on how often it was asked for.
    // Long stretches of little, now and then a burst or a single point of much, silences, and points before the range.
    private TimeRange Draw(Random random, SeriesCatalog catalog, MemoryPointStore store)
    {
        var to = _time.Ticks;
        var from = to - (3_000 * TimeSpan.TicksPerSecond);
        for (var s = 0; s < 3; s++)
        {
            Assert.True(catalog.TryIntern(new SeriesKey("q", [new("n", $"{s}")]), out var series));
            var burst = 0;
            for (var at = from - (random.Next(600) * TimeSpan.TicksPerSecond); at < to; at += random.Next(300) == 0 ? random.Next(10, 90) * TimeSpan.TicksPerSecond : random.Next(100, 1_900) * TimeSpan.TicksPerMillisecond)
            {
                if (burst == 0 && random.Next(500) == 0) burst = random.Next(1, 40);
                var level = burst > 0 ? (s == 2 ? -95.5 : 95) : random.Next(-6, 7) + (random.Next(64) / 64.0);
                burst = Math.Max(0, burst - 1);
                store.Add(series, at, level);
            }
        }

        return new TimeRange(from, to);
    }

    [Fact]
    public async Task Run_Long_TellsHowFarItIsAndEndsAtOnceWhenCancelled()
    {
        var preview = new RulePreview(_store, _catalog, new Limits(), _time);
        var told = new ConcurrentQueue<double>();
        await preview.RunAsync(Rule("mean(p{n=*}, 5s) > 70", "keep"), _range, default, progress: told.Enqueue);
        Assert.Equal(1.0, told.Max());
        Assert.True(told.Count > 10, $"{told.Count} steps were told");

        using var cancel = new CancellationTokenSource();
        var blocks = 0;
        _store.BetweenBlocks = _ =>
        {
            if (Interlocked.Increment(ref blocks) == 5) cancel.Cancel();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preview.RunAsync(Rule("mean(p{n=*}, 5s) > 70", "keep"), _range, cancel.Token));
        Assert.InRange(blocks, 5, 40);
        Assert.Equal(0, _store.OpenScans);
    }

    private static RuleModel Rule(string expr, string onNoData) => NoticeHarness.Read(new RuleConfig { Id = "r", Name = "r", Expr = expr, OnNoData = onNoData });
}
