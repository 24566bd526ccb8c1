using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

public sealed class LiveQueriesTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveQueries _queries;

    public LiveQueriesTests() => _queries = new LiveQueries(_catalog, _store, _time);

    [Fact]
    public async Task StepAsync_PointsBeforeWhileAndAfterThePastIsRead_CountEachOnce()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        // Seen by the hub before the expression was there, and committed only while the past is read.
        var early = Batch("a", 2, 2);
        await PostAsync(early, commit: false);
        using var query = Open("sum_over_time(a[1h])");
        await PostAsync(Batch("a", 3, 4), commit: true);
        var between = Batch("a", 4, 8);
        _store.BeforeScan = async _ =>
        {
            _store.BeforeScan = null;
            await CommitAsync(early);
            await PostAsync(between, commit: false);
        };
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(15, Value(query));
        await CommitAsync(between);
        await PostAsync(Batch("a", 5, 16), commit: true);
        await AdvanceAsync(1);
        Assert.Equal(31, Value(query));
    }

    [Theory]
    [InlineData("sum(a, 3)", 14, 28)]
    [InlineData("sum(a, 4) + count(a, 1)", 16, 31)]
    [InlineData("sum(a, session 90s)", 14, 30)]
    [InlineData("sum(a, session 1h)", 15, 31)]
    [InlineData("sum(a, 1d) + sum_over_time(a[1h])", 30, 62)]
    public async Task StepAsync_OwnWindows_BeginWithThePastAndCountEachPointOnce(string text, double before, double after)
    {
        await PostAsync(Batch("a", -200, 1), commit: true);
        await PostAsync(Batch("a", -60, 2), commit: true);
        using var query = Open(text);
        await PostAsync(Batch("a", -30, 4), commit: true);
        var between = Batch("a", 0, 8);
        _store.BeforeScan = async _ =>
        {
            _store.BeforeScan = null;
            await PostAsync(between, commit: false);
        };
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(before, Value(query));
        await CommitAsync(between);
        await PostAsync(Batch("a", 1, 16), commit: true);
        await AdvanceAsync(1);
        Assert.Equal(after, Value(query));
    }

    [Fact]
    public async Task StepAsync_ManyPoints_JudgesAtMostSoOftenAndTheNewest()
    {
        using var query = Open("a", maxPerSecond: 4);
        await _queries.StepAsync(CancellationToken.None);
        var judged = 0;
        for (var i = 0; i < 100; i++)
        {
            await PostAsync(Batch("a", 0, i), commit: true);
            _time.Advance(TimeSpan.FromMilliseconds(10));
            judged += await _queries.StepAsync(CancellationToken.None);
        }

        Assert.Equal(4, judged);
        Assert.Equal(99, Value(query));
        Assert.Equal(5, query.Latest!.Number);
    }

    [Fact]
    public async Task StepAsync_NoPoints_JudgesOnceASecondSinceWindowsMoveOn()
    {
        await PostAsync(Batch("a", 0, 1), commit: true);
        using var query = Open("count_over_time(a[3s])");
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(1, Value(query));
        await AdvanceAsync(1);
        Assert.Equal(2, query.Latest!.Number);
        await AdvanceAsync(3);
        Assert.Empty(query.Latest!.Result!.Series);
    }

    [Fact]
    public async Task PostAsync_NewSeriesThatMatches_IsLookedAt()
    {
        using var query = Open("sum(a{host=~\"w.*\"})");
        await _queries.StepAsync(CancellationToken.None);
        Assert.Empty(query.Latest!.Result!.Series);
        await PostAsync(Batch("a{host=w1}", 0, 1), commit: true);
        await PostAsync(Batch("a{host=w2}", 0, 2), commit: true);
        await PostAsync(Batch("a{host=x}", 0, 4), commit: true);
        await AdvanceAsync(1);
        Assert.Equal(3, Value(query));
    }

    [Fact]
    public async Task Replaced_Series_IsReadAgainWithoutARepeat()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        using var query = Open("sum_over_time(a[1h])");
        await _queries.StepAsync(CancellationToken.None);
        await PostAsync(Batch("a", 2, 2), commit: true);
        var waiting = Batch("a", 3, 4);
        await PostAsync(waiting, commit: false);
        _queries.Replaced([0]);
        await AdvanceAsync(1);
        Assert.Equal(7, Value(query));
    }

    [Fact]
    public async Task NextAsync_Reader_GetsTheNewestAndWaitsForTheNext()
    {
        using var query = Open("a");
        var first = query.NextAsync(0, CancellationToken.None);
        Assert.False(first.IsCompleted);
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(1, (await first.WaitAsync(TimeSpan.FromSeconds(30))).Number);
        await AdvanceAsync(1);
        await AdvanceAsync(1);
        Assert.Equal(3, (await query.NextAsync(1, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30))).Number);
    }

    [Fact]
    public async Task Dispose_Query_ReleasesBatchesAndIsJudgedNoMore()
    {
        var query = Open("a");
        var batch = Batch("a", 0, 1);
        await PostAsync(batch, commit: false);
        query.Dispose();
        Assert.Equal(0, _queries.Count);
        await CommitAsync(batch);
        // The hub itself lets go of what the store holds when the next batch passes.
        await PostAsync(Batch("a", 0, 1), commit: true);
        Assert.Equal(0, batch.Owners);
        Assert.Equal(0, await _queries.StepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StepAsync_TooManySeries_IsTold()
    {
        await PostAsync(Batch("a{x=1}", 0, 1), commit: true);
        await PostAsync(Batch("a{x=2}", 0, 1), commit: true);
        using var query = _queries.Open(PromQuery.Parse("sum(a)"), new QueryLimits { MaxSeries = 1 }, 10);
        await _queries.StepAsync(CancellationToken.None);
        Assert.Contains("LiveDash:Query:MaxSeries", query.Latest!.Fault!.Message, StringComparison.Ordinal);
        Assert.Throws<QueryException>(() => _queries.Open(PromQuery.Parse("a[5m]"), new QueryLimits(), 10));
    }

    [Fact]
    public async Task StepAsync_OnePassesABoundWhileItsPastIsRead_IsToldAtEachTurnAndTheOthersAreJudged()
    {
        for (var i = 1; i <= 30; i++) await PostAsync(Batch("a", i, i), commit: true);
        using var over = _queries.Open(PromQuery.Parse("last(a, 100)"), new QueryLimits { MaxPoints = 10 }, 10);
        using var healthy = Open("last(a, 1)");
        await _queries.StepAsync(CancellationToken.None);
        Assert.Contains("LiveDash:Query:MaxPoints", over.Latest!.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(30, Value(healthy));
        await PostAsync(Batch("a", 31, 31), commit: true);
        await AdvanceAsync(1);
        Assert.Equal((2, QueryErrorKind.Limit), (over.Latest.Number, over.Latest.Fault!.Kind));
        Assert.Equal(31, Value(healthy));
        Assert.Equal(0, over.Held);
    }

    [Fact]
    public async Task StepAsync_PastOfOwnWindowsPastTheBound_IsReadNoFurther()
    {
        for (var i = 0; i < 20; i++)
        {
            for (var j = 1; j <= 3; j++) await PostAsync(Batch($"a{{n={i}}}", j, j), commit: true);
        }

        var scans = 0;
        _store.BeforeScan = _ =>
        {
            scans++;
            return Task.CompletedTask;
        };
        using var query = _queries.Open(PromQuery.Parse("mean(a{n=*}, 30d)"), new QueryLimits(), 10, maxPoints: 10);
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(QueryErrorKind.Limit, query.Latest!.Fault!.Kind);
        Assert.InRange(query.Held, 1, 10);
        Assert.InRange(scans, 1, 5);
    }

    [Fact]
    public async Task StepAsync_PointsOfOwnWindowsLostBeforeTheyWereLookedAt_AreTold()
    {
        using var query = _queries.Open(PromQuery.Parse("last(a, 1)"), new QueryLimits(), 10, maxPoints: 3);
        await _queries.StepAsync(CancellationToken.None);
        for (var i = 1; i <= 5; i++) await PostAsync(Batch("a", i, i), commit: true);
        await AdvanceAsync(1);
        Assert.Equal(QueryErrorKind.Limit, query.Latest!.Fault!.Kind);
        await AdvanceAsync(3_600);
        Assert.Equal(QueryErrorKind.Limit, query.Latest.Fault!.Kind);
    }

    [Fact]
    public async Task StepAsync_PastThatTakesLong_LeavesTheOthersTheirTurnAndIsReadOn()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        await PostAsync(Batch("b", 1, 2), commit: true);
        using var running = Open("a");
        await _queries.StepAsync(CancellationToken.None);
        var held = Hold();
        using var slow = Open("sum_over_time(b[1h])");
        await StepHeldAsync(held);
        using var quick = Open("sum_over_time(a[1h])");
        await PostAsync(Batch("a", 2, 4), commit: true);
        await PostAsync(Batch("b", 2, 8), commit: true);
        for (var steps = 0; quick.Latest is null; steps++)
        {
            Assert.True(steps < 10_000, "the short past was not read beside the long one");
            await StepHeldAsync(held);
        }

        Assert.Equal(4, Value(running));
        Assert.Equal(5, Value(quick));
        Assert.Null(slow.Latest);
        await PostAsync(Batch("b", 3, 16), commit: true);
        held.Release.SetResult();
        await AdvanceAsync(1);
        Assert.Equal(26, Value(slow));
    }

    [Fact]
    public async Task Replaced_WhileThePastIsRead_CountsEachPointOnce()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        using var query = Open("sum_over_time(a[1h])");
        var held = Hold();
        await StepHeldAsync(held);
        await PostAsync(Batch("a", 2, 2), commit: true);
        _queries.Replaced([0]);
        _queries.Replaced([0]);
        held.Release.SetResult();
        await AdvanceAsync(1);
        Assert.Equal(3, Value(query));
        await PostAsync(Batch("a", 3, 4), commit: true);
        await AdvanceAsync(1);
        await AdvanceAsync(1);
        Assert.Equal(7, Value(query));
    }

    [Fact]
    public async Task Dispose_WhileThePastIsRead_EndsTheReading()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        var query = Open("sum_over_time(a[1h])");
        await StepHeldAsync(Hold());
        Assert.Equal(1, _store.OpenScans);
        query.Dispose();
        await _queries.StepAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _store.OpenScans);
        Assert.Null(query.Latest);
    }

    [Fact]
    public async Task StepAsync_PastThatCannotBeRead_IsToldAndTriedAgainWhileTheOthersGoOn()
    {
        await PostAsync(Batch("a", 1, 1), commit: true);
        await PostAsync(Batch("b", 1, 2), commit: true);
        var tried = 0;
        _store.BeforeScanOf = series =>
        {
            if (!series.Contains(1)) return;
            tried++;
            throw new IOException("The block is damaged.");
        };
        using var broken = Open("sum_over_time(b[1h])");
        using var healthy = Open("sum_over_time(a[1h])");
        await _queries.StepAsync(CancellationToken.None);
        await _queries.StepAsync(CancellationToken.None);
        Assert.Equal(1, Value(healthy));
        Assert.Contains("The block is damaged.", broken.Latest!.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("The block is damaged.", _queries.TakeFault()?.Message);
        Assert.Null(_queries.TakeFault());
        Assert.Equal(1, tried);
        await PostAsync(Batch("a", 2, 4), commit: true);
        await PostAsync(Batch("b", 2, 8), commit: true);
        // Tried after 1 s and then after 2.
        foreach (var expected in (int[])[2, 2, 3])
        {
            await AdvanceAsync(1);
            Assert.Equal(expected, tried);
        }

        Assert.Equal(5, Value(healthy));
        Assert.Equal((3, QueryErrorKind.Execution), (broken.Latest.Number, broken.Latest.Fault!.Kind));
        _store.BeforeScanOf = null;
        await AdvanceAsync(4);
        Assert.Equal(10, Value(broken));
    }

    // The next scan begins and waits to be released.
    private (TaskCompletionSource Begun, TaskCompletionSource Release) Hold()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeScan = async stop =>
        {
            _store.BeforeScan = null;
            begun.SetResult();
            await release.Task.WaitAsync(stop);
        };
        return (begun, release);
    }

    // A step for which the past that is held takes too long.
    private async Task StepHeldAsync((TaskCompletionSource Begun, TaskCompletionSource Release) held)
    {
        var step = _queries.StepAsync(CancellationToken.None);
        await held.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        while (!step.IsCompleted)
        {
            await Task.WhenAny(step, _time.WhenArmedAsync()).WaitAsync(TimeSpan.FromSeconds(30));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await step;
    }

    private static double Value(LiveQuery query) => Assert.Single(query.Latest!.Result!.Series).Values.Span[0];

    private LiveQuery Open(string text, double maxPerSecond = 1_000) => _queries.Open(PromQuery.Parse(text), new QueryLimits(), maxPerSecond);

    private async Task AdvanceAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _queries.StepAsync(CancellationToken.None);
    }

    // So many seconds ago, oldest first.
    private PointBatch Batch(string series, int order, double value)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        Assert.True(_catalog.TryIntern(key!, out var id));
        var batch = PointBatch.Rent();
        batch.Add(id, _time.GetUtcNow().UtcTicks - TimeSpan.TicksPerMinute + (order * TimeSpan.TicksPerSecond) + (order == 0 ? TimeSpan.TicksPerMinute : 0), value);
        return batch;
    }

    // As the pipeline does: consumers first, then the store, whose share is the last but the readers'.
    private async Task PostAsync(PointBatch batch, bool commit)
    {
        await _queries.PostAsync(batch, CancellationToken.None);
        if (commit) await CommitAsync(batch);
    }

    private async Task CommitAsync(PointBatch batch)
    {
        await _store.AppendAsync(batch, CancellationToken.None);
        batch.Release();
    }
}
