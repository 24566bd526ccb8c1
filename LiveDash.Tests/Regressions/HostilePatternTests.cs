using System.Reflection;
using System.Text.RegularExpressions;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Query.Tree;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Expressions whose regular expression takes too long over a value: they fail alone, leave nothing behind, and nobody's points wait for them.</summary>
public sealed class HostilePatternTests
{
    private const string Slow = "sum(a{host=~\"x.*|y.*\"})";
    private const string Hostile = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";

    // Two to the sixtieth of steps: no machine is done with that in its time.
    private static readonly Regex s_endless = new("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));

    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveQueries _queries;

    public HostilePatternTests() => _queries = new LiveQueries(_catalog, _store, _time);

    [Fact]
    public async Task Open_PatternTakesTooLong_IsRefusedAndLeavesNothing()
    {
        using var other = Open("sum(a)");
        await PostAsync(new SeriesKey("a", [new("host", Hostile)]));

        Assert.Equal(QueryErrorKind.Limit, Assert.Throws<QueryException>(() => OpenSlow()).Kind);

        Assert.Equal(1, _queries.Count);
        await PostAsync(new SeriesKey("a", [new("host", Hostile + "c")]));
        await _queries.StepAsync(default);
        Assert.Equal(2, Assert.Single(other.Latest!.Result!.Series).Values.Span[0]);
    }

    [Fact]
    public async Task PostAsync_PatternTakesTooLong_FailsItsQueryAlone()
    {
        using var slow = OpenSlow();
        using var other = Open("sum(a)");
        await _queries.StepAsync(default);

        await PostAsync(new SeriesKey("a", [new("host", Hostile)]));
        await PostAsync(new SeriesKey("a", [new("host", "x")]));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _queries.StepAsync(default);
        Assert.Equal(QueryErrorKind.Limit, slow.Latest!.Fault!.Kind);
        Assert.Equal(2, Assert.Single(other.Latest!.Result!.Series).Values.Span[0]);
        slow.Dispose();
        Assert.Equal(1, _queries.Count);
        await PostAsync(new SeriesKey("a", [new("host", "y")]));
    }

    // The index is held, as if a choice took long.
    [Fact]
    public async Task Open_WhileItsSeriesAreChosen_PointsDoNotWait()
    {
        var key = new SeriesKey("a", []);
        using var other = Open("sum(a)");
        await PostAsync(key);
        var index = SeriesIndex.Of(_catalog);
        var gate = (Lock)typeof(SeriesIndex).GetField("_gate", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(index)!;
        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                held.Set();
                Assert.True(release.Wait(TimeSpan.FromSeconds(90)), "the points were taken");
            }
        }) { IsBackground = true };
        var opener = new Thread(() => Open("sum(a{host!=\"x\"})").Dispose()) { IsBackground = true };
        holder.Start();
        Assert.True(held.Wait(TimeSpan.FromSeconds(30)), "the index is held");
        opener.Start();
        try
        {
            await Wait.UntilAsync(() => (opener.ThreadState & ThreadState.WaitSleepJoin) != 0, "the series are being chosen");
            await Task.Run(() => PostAsync(key)).WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            release.Set();
        }

        Assert.True(opener.Join(TimeSpan.FromSeconds(30)), "it was opened");
    }

    // Its expression is parsed, and then matched by what always takes too long.
    private LiveQuery OpenSlow()
    {
        var expr = PromQuery.Parse(Slow);
        foreach (var matcher in Selectors(expr).SelectMany(static one => one.AllMatchers).Where(static one => one.Kind == MatchKind.Regex))
        {
            typeof(LabelMatcher).GetField("_regex", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(matcher, s_endless);
        }

        return _queries.Open(expr, new QueryLimits(), 1_000);
    }

    private static IEnumerable<VectorSelector> Selectors(QueryExpr expr) => expr is VectorSelector selector ? [selector] : expr.Children.SelectMany(Selectors);

    private LiveQuery Open(string text) => _queries.Open(PromQuery.Parse(text), new QueryLimits(), 1_000);

    private async Task PostAsync(SeriesKey key)
    {
        Assert.True(_catalog.TryIntern(key, out var series));
        var batch = PointBatch.Rent();
        batch.Add(series, _time.GetUtcNow().UtcTicks, 1);
        await _queries.PostAsync(batch, CancellationToken.None);
        await _store.AppendAsync(batch, CancellationToken.None);
        batch.Release();
    }
}
