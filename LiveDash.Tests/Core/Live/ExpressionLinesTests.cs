using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Live;

public sealed class ExpressionLinesTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();
    private readonly ManualTime _time = new();
    private readonly LiveQueries _queries;
    private readonly ExpressionSources _sources;
    private readonly List<string?> _faults = [];

    public ExpressionLinesTests()
    {
        _queries = new LiveQueries(_catalog, _store, _time);
        _sources = Sources(new QueryLimits());
    }

    [Fact]
    public async Task Range_ChosenStep_HoldsWhatARangeEvaluationYieldsAtEachStep()
    {
        for (var i = 0; i < 600; i++)
        {
            Keep("load{host=a}", i, i % 37);
            Keep("load{host=b}", i, i % 11);
        }

        var expr = PromQuery.Parse("avg_over_time(load[30s])");
        var range = new TimeRange(_time.Ticks - TimeSpan.FromSeconds(600).Ticks, _time.Ticks);
        using var lines = new ExpressionLines(_sources, new ExpressionQuery(expr, "", TimeSpan.FromMinutes(5), range, TimeSpan.FromSeconds(10)), 400, _faults.Add);
        lines.Start(null);
        await Wait.UntilAsync(() => lines.Picture.IsLoaded, "the range was read");

        var first = (range.From + lines.Width - 1) / lines.Width * lines.Width;
        var plain = await _sources.Engine.RangeAsync(expr, first, range.To, TimeSpan.FromSeconds(10).Ticks, new QueryLimits(), CancellationToken.None);
        Assert.Equal(2, lines.Picture.Lines.Count);
        foreach (var one in plain.Series)
        {
            var found = Columns(lines.Picture.Lines.Single(line => line.Labels.Equals(one.Labels)));
            Assert.Equal(one.Times.ToArray(), found.Select(static column => column.Start));
            Assert.Equal(one.Values.ToArray(), found.Select(static column => column.First));
        }
    }

    [Fact]
    public async Task Live_PointArrives_ItsLineGoesOnAndANewLabelSetIsALineOfItsOwn()
    {
        Keep("load{host=a}", 590, 4);
        using var lines = Live("load * 2");
        await UntilAsync(() => lines.Picture.Now?.Value == 8);

        await ArriveAsync("load{host=a}", 5);
        await UntilAsync(() => lines.Picture.Now?.Value == 10);
        await ArriveAsync("load{host=b}", 1);
        await UntilAsync(() => lines.Picture.Lines.Count == 2);

        Assert.Equal([10, 2], lines.Picture.Lines.Select(line => Columns(line)[^1].Last));
        Assert.Equal([8, 10], Columns(lines.Picture.Lines[0]).Select(static column => column.Last).Distinct());
        Assert.Equal([0, 1], lines.Picture.Lines.Select(static line => line.Color));
    }

    [Fact]
    public async Task Live_MoreLabelSetsThanLines_TheOthersAreCounted()
    {
        for (var i = 0; i < ChartPanelFeed.MaxLines + 3; i++) Keep($"load{{host=h{i:00}}}", 599, i);
        using var lines = Live("load");
        await UntilAsync(() => lines.Picture.More > 0);

        Assert.Equal((ChartPanelFeed.MaxLines, 3, ChartPanelFeed.MaxLines + 3), (lines.Picture.Lines.Count, lines.Picture.More, lines.Picture.Found));
    }

    [Fact]
    public async Task Live_BoundPassed_IsToldAndTakenBackWhenThereIsAnAnswerAgain()
    {
        Keep("load{host=a}", 599, 1);
        Keep("load{host=b}", 599, 1);
        using var lines = new ExpressionLines(Sources(new QueryLimits { MaxSeries = 1 }), new ExpressionQuery(PromQuery.Parse("sum(load)"), "", TimeSpan.FromMinutes(1), null, null), 60, _faults.Add);
        lines.Start(null);
        await Wait.UntilAsync(() => _faults.Count > 0, "the fault was told");

        Assert.Contains("LiveDash:Query:MaxSeries", _faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_TwoPanelsOfOneExpression_AreJudgedOnceAndEndWithTheLast()
    {
        var first = Live("sum(load)");
        await UntilAsync(() => _sources.Shared.Count == 1);
        var second = Live("sum( load )");
        await UntilAsync(() => second.Picture.IsLoaded);
        Assert.Equal((1, 1), (_sources.Shared.Count, _queries.Count));

        first.Dispose();
        await Wait.UntilAsync(() => _sources.Shared.Count == 1, "one looks on");
        second.Dispose();
        await Wait.UntilAsync(() => _sources.Shared.Count == 0 && _queries.Count == 0, "nobody looks");
    }

    [Theory]
    [InlineData("", "load", "host", "a|b")]
    [InlineData("node {{ host }} in {{zone}}", "", "series", "node a in eu|node b in eu")]
    public void Names_OfLabelSets_AreTheLabelsThatDifferOrTheTemplate(string legend, string head, string key, string labels)
    {
        var names = ExpressionNames.Of([Labels("load{host=a,zone=eu}"), Labels("load{host=b,zone=eu}")], legend, "load");

        Assert.Equal((head.Length > 0 ? head + ", zone=eu" : "", key, labels), (names.Head, names.Key, string.Join('|', names.Labels)));
    }

    [Fact]
    public void Names_WithoutLabels_IsTheExpression() => Assert.Equal(["sum(load)"], ExpressionNames.Of([LabelSet.Empty], "", "sum(load)").Labels);

    private static LabelSet Labels(string series) => SeriesKey.TryParse(series, out var key) ? LabelSet.Of(key!) : LabelSet.Empty;

    private static List<LiveDash.Core.Engine.ChartColumn> Columns(ExpressionLine line)
    {
        var found = new List<LiveDash.Core.Engine.ChartColumn>();
        line.Columns.CopySince(0, found);
        return found;
    }

    private ExpressionSources Sources(QueryLimits limits) => new(new QueryEngine(_catalog, _store, _time), new SharedQueries(_queries, limits), limits, _catalog, _time);

    private ExpressionLines Live(string text)
    {
        var lines = new ExpressionLines(_sources, new ExpressionQuery(PromQuery.Parse(text), "", TimeSpan.FromMinutes(1), null, null), 60, _faults.Add);
        lines.Start(null);
        return lines;
    }

    // Time moves with each look, as the service's clock does.
    private Task UntilAsync(Func<bool> holds) => Wait.UntilAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            _queries.StepAsync(CancellationToken.None).GetAwaiter().GetResult();
            return holds();
        },
        "the lines follow");

    private int Series(string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key) && _catalog.TryIntern(key!, out _));
        return _catalog.TryFind(key!, out var id) ? id : -1;
    }

    // So many seconds after ten minutes ago.
    private void Keep(string series, int second, double value) => _store.Add(Series(series), _time.Ticks - TimeSpan.FromSeconds(600 - second).Ticks, value);

    private async Task ArriveAsync(string series, double value)
    {
        var batch = PointBatch.Rent();
        batch.Add(Series(series), _time.Ticks, value);
        await _queries.PostAsync(batch, CancellationToken.None);
        await _store.AppendAsync(batch, CancellationToken.None);
        batch.Release();
    }
}
