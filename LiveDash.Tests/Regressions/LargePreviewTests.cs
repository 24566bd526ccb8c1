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
