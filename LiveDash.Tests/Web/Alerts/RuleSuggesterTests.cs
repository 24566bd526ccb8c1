using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Alerts;

namespace LiveDash.Tests.Web.Alerts;

public sealed class RuleSuggesterTests
{
    private const string Usual = "mean(x, 30s) > 80 for 10s";
    private readonly MemoryPointStore _store = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly ManualTime _time = new();
    private readonly int _series;

    public RuleSuggesterTests()
    {
        Assert.True(SeriesKey.TryParse("x", out var key));
        Assert.True(_catalog.TryIntern(key!, out _series));
    }

    [Fact]
    public async Task Suggest_History_LiesBeyondIt()
    {
        Fill(600, TimeSpan.FromSeconds(1));

        Assert.Equal("mean(x, 30s) > 220 for 10s", await SuggestAsync());
    }

    [Fact]
    public async Task Suggest_TooFewToFillAWindow_JudgesEachValue()
    {
        Fill(1, TimeSpan.FromMinutes(10));

        Assert.Equal("last(x, 1) > 220", await SuggestAsync());
    }

    [Fact]
    public async Task Suggest_NothingSent_IsTheUsual() => Assert.Equal(Usual, await SuggestAsync());

    [Fact]
    public async Task Suggest_StoreNotThere_IsTheUsual()
    {
        Fill(600, TimeSpan.FromSeconds(1));
        _store.BeforeScan = static _ => throw new StoreUnavailableException("It is closed.");

        Assert.Equal(Usual, await SuggestAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Suggest_OutOfPatienceOrNobodyWaits_IsTheUsual(bool isLate)
    {
        Fill(600, TimeSpan.FromSeconds(1));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeScan = async cancellation =>
        {
            asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        };
        using var left = new CancellationTokenSource();
        var suggested = SuggestAsync(left.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        if (isLate) _time.Advance(TimeSpan.FromSeconds(2));
        else await left.CancelAsync();

        Assert.Equal(Usual, await suggested.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("sum(x)", "sum(x) > 220")]
    [InlineData("x * 2", "(x * 2) > 440")]
    [InlineData("x > 3", "x > 3")]
    [InlineData("absent(x)", "absent(x)")]
    [InlineData("x[5m]", "x[5m]")]
    [InlineData("nothing", "nothing")]
    public async Task SuggestThreshold_OfAnExpression_LiesBeyondWhatItHasBeen(string expr, string expected)
    {
        Fill(600, TimeSpan.FromSeconds(1));
        var preview = new RulePreview(_store, _catalog, new Limits(), _time, null, new QueryEngine(_catalog, _store, _time), new QueryLimits());

        Assert.Equal(expected, await new RuleSuggester(preview, _catalog, _store, _time).SuggestThresholdAsync(expr, CancellationToken.None));
    }

    private void Fill(int count, TimeSpan apart)
    {
        for (var i = 0; i < count; i++) _store.Add(_series, _time.Ticks - ((count - i) * apart.Ticks), 200);
    }

    private Task<string> SuggestAsync(CancellationToken cancellation = default) =>
        new RuleSuggester(new RulePreview(_store, _catalog, new Limits(), _time), _catalog, _store, _time).SuggestAsync("x", null, null, cancellation);
}
