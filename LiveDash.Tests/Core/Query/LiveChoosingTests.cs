using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Query;

/// <summary>Which series live expressions look at is found out without keeping anybody waiting.</summary>
public sealed class LiveChoosingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveQueries _queries;

    public LiveChoosingTests() => _queries = new LiveQueries(_catalog, _store, _time);

    [Fact]
    public async Task PostAsync_WhileANewSeriesIsChosenFor_PointsOfOthersDoNotWait()
    {
        using var query = _queries.Open(PromQuery.Parse("sum(a{host=~\"w.*\"})"), new QueryLimits(), 1_000);
        await PostAsync("a{host=w1}", 1);
        var (begun, release) = HoldChoosing();
        var fresh = Task.Run(() => PostAsync("a{host=w2}", 2));
        await begun.Task.WaitAsync(s_patience);

        await Task.Run(() => PostAsync("a{host=w1}", 4)).WaitAsync(s_patience);
        await StepAsync();
        Assert.Equal(4, Value(query));

        release.SetResult();
        await fresh.WaitAsync(s_patience);
        await StepAsync();
        Assert.Equal(6, Value(query));
    }

    [Fact]
    public async Task PostAsync_ExpressionsComeAndGoWhileANewSeriesIsChosenFor_EachSeesItsPoint()
    {
        using var first = _queries.Open(PromQuery.Parse("a{host=~\"w.*\"}"), new QueryLimits(), 1_000);
        var gone = _queries.Open(PromQuery.Parse("a * 2"), new QueryLimits(), 1_000);
        var (begun, release) = HoldChoosing();
        var fresh = Task.Run(() => PostAsync("a{host=w1}", 3));
        await begun.Task.WaitAsync(s_patience);

        using var second = _queries.Open(PromQuery.Parse("a{host!=\"x\"} + 1"), new QueryLimits(), 1_000);
        gone.Dispose();
        release.SetResult();
        await fresh.WaitAsync(s_patience);
        await StepAsync();

        Assert.Equal(3, Value(first));
        Assert.Equal(4, Value(second));
        Assert.Null(gone.Latest);
    }

    [Fact]
    public async Task Lease_WhileAnotherIsOpened_IsGivenAtOnce()
    {
        var shared = new SharedQueries(_queries, new QueryLimits());
        using var known = shared.Lease(PromQuery.Parse("a"));
        var (begun, release) = HoldChoosing();
        var slow = Task.Run(() => shared.Lease(PromQuery.Parse("b")));
        await begun.Task.WaitAsync(s_patience);

        using var again = await Task.Run(() => shared.Lease(PromQuery.Parse("a"))).WaitAsync(s_patience);
        Assert.Same(known.Query, again.Query);

        var same = Task.Run(() => shared.Lease(PromQuery.Parse("b")));
        release.SetResult();
        using var one = await slow.WaitAsync(s_patience);
        using var other = await same.WaitAsync(s_patience);
        Assert.Same(one.Query, other.Query);
        Assert.Equal(2, _queries.Count);
    }

    [Fact]
    public void Lease_OneThatCannotBeOpened_IsTriedAnewByTheNext()
    {
        var shared = new SharedQueries(_queries, new QueryLimits());
        _queries.Choosing = static () => throw new QueryException(QueryErrorKind.Limit, "too long");
        Assert.Throws<QueryException>(() => shared.Lease(PromQuery.Parse("a")));
        Assert.Equal(0, shared.Count);

        _queries.Choosing = null;
        using (shared.Lease(PromQuery.Parse("a"))) Assert.Equal(1, shared.Count);
        Assert.Equal(0, shared.Count);
        Assert.Equal(0, _queries.Count);
    }

    private static double Value(LiveQuery query) => Assert.Single(query.Latest!.Result!.Series).Values.Span[0];

    // The next choice begins and waits to be released; those after it do not.
    private (TaskCompletionSource Begun, TaskCompletionSource Release) HoldChoosing()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queries.Choosing = () =>
        {
            _queries.Choosing = null;
            begun.SetResult();
            Assert.True(release.Task.Wait(s_patience));
        };
        return (begun, release);
    }

    private async Task StepAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await _queries.StepAsync(CancellationToken.None);
    }

    private async Task PostAsync(string series, double value)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        Assert.True(_catalog.TryIntern(key!, out var id));
        var batch = PointBatch.Rent();
        batch.Add(id, _time.GetUtcNow().UtcTicks, value);
        await _queries.PostAsync(batch, CancellationToken.None);
        await _store.AppendAsync(batch, CancellationToken.None);
        batch.Release();
    }
}
