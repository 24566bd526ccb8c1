using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Rules in PromQL on the live path: judged as points arrive, out of memory.</summary>
public sealed class QueryRulesTests
{
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly MemoryPointStore _store = new();
    private readonly ManualTime _time = new();
    private readonly RecordingLog _log = new();
    private readonly RuleStates _states = new();
    private readonly LiveQueries _live;
    private readonly QueryInputs _inputs;
    private readonly QueryRules _rules;
    private int _scans;

    public QueryRulesTests()
    {
        _store.BeforeScan = _ =>
        {
            _scans++;
            return Task.CompletedTask;
        };
        _live = new LiveQueries(_catalog, _store, _time);
        _inputs = new QueryInputs(_catalog);
        // No rule here records, so nothing is derived.
        _rules = new QueryRules(
            new QueryEngine(_catalog, _store, _time), _live, new JudgeParts(_catalog, new Limits(), new MeasureBoard(), _states, _log), _inputs, new DerivedSeries(null!, null!, null!, _time), new QueryLimits(), _time);
    }

    [Fact]
    public async Task StepAsync_PointsArrive_AreJudgedOutOfMemory()
    {
        await ArriveAsync("load{host=a}", 1);
        Configure(Rule("load > 80"));
        await StepAsync(2);
        Assert.Equal(1, _rules.Live);
        var before = _scans;

        for (var i = 0; i < 20; i++) await ArriveAsync("load{host=a}", i % 2 == 0 ? 90 : 70);

        Assert.Equal(before, _scans);
        Assert.Equal(20, _log.Transitions.Count);
        Assert.Equal(AlertEventKind.Resolved, _log.Transitions[^1].Kind);
        Assert.True(_states["r"].Evaluated.At > 0);
    }

    [Fact]
    public async Task StepAsync_NothingArrives_IsJudgedEachSecond()
    {
        await ArriveAsync("load", 1);
        Configure(Rule("absent_over_time(load[5s])"));
        await StepAsync(4);
        Assert.Empty(_log.Transitions);

        await StepAsync(80);

        Assert.Equal(AlertEventKind.Fired, Assert.Single(_log.Transitions).Kind);
    }

    [Fact]
    public async Task StepAsync_MorePointsThanALiveExpressionHolds_IsJudgedFromTheStore()
    {
        var series = Series("many");
        for (var i = 0; i <= QueryRules.MaxPoints; i++) _store.Add(series, _time.Ticks - (i * TimeSpan.TicksPerMillisecond), 1);
        Configure(Rule($"count_over_time(many[1h]) > {QueryRules.MaxPoints}"), Rule("many > 0", "other"));
        await StepAsync(15);

        // What looks at the newest point alone holds no other, however fast the series is.
        Assert.Equal(1, _rules.Live);
        Assert.Equal(1, _live.Count);
        Assert.Equal(["other", "r"], _log.Transitions.Select(static one => one.Rule.Id).Order());
    }

    [Fact]
    public async Task StepAsync_ClearThreshold_KeepsTheAlertBetween()
    {
        await ArriveAsync("load{host=a}", 1);
        Configure(Rule("load > 80") with { Clear = "70" });
        await StepAsync(2);

        await ArriveAsync("load{host=a}", 75);
        Assert.Empty(_log.Transitions);
        await ArriveAsync("load{host=a}", 81);
        await ArriveAsync("load{host=a}", 75);
        Assert.Equal(AlertEventKind.Fired, Assert.Single(_log.Transitions).Kind);
        await ArriveAsync("load{host=a}", 70);

        Assert.Equal([AlertEventKind.Fired, AlertEventKind.Resolved], _log.Transitions.Select(static one => one.Kind));
    }

    [Theory]
    [InlineData("load > 80", "critical 95", 85, 96)]
    [InlineData("20 > load", "critical 5", 10, 4)]
    public async Task StepAsync_SeveritySteps_ChangeTheSeverityOfTheEpisode(string expr, string steps, double first, double second)
    {
        await ArriveAsync("load", 50);
        Configure(Rule(expr) with { Steps = steps });
        await StepAsync(2);

        await ArriveAsync("load", first);
        await ArriveAsync("load", second);

        Assert.Equal([Severity.Warning, Severity.Critical], _log.Transitions.Select(static one => one.Severity));
        Assert.Equal(second, _log.Transitions[^1].Peak);
    }

    [Theory]
    [InlineData("load > 80", "90", "", "clear", "could never be over")]
    [InlineData("20 > load", "10", "", "clear", "could never be over")]
    [InlineData("load > other", "70", "", "clear", "compares a vector with a number")]
    [InlineData("load > 80", "soon", "", "clear", "a number")]
    [InlineData("load > 80", "", "critical 70", "steps", "beyond 80")]
    [InlineData("load > 80", "", "critical 95, critical 99", "steps", "twice")]
    [InlineData("load > 80", "", "bad 95", "steps", "is no step")]
    [InlineData("absent(load)", "", "critical 95", "steps", "compares a vector with a number")]
    public void TryRead_ClearOrStepsThatContradict_SaysWhy(string expr, string clear, string steps, string field, string about)
    {
        Assert.False(RuleReader.TryRead(Rule(expr) with { Clear = clear, Steps = steps }, out _, out var faults));

        Assert.Equal(field, Assert.Single(faults).Field);
        Assert.Contains(about, faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configure_RuleIsGone_ItsLiveExpressionEnds()
    {
        await ArriveAsync("load", 90);
        Configure(Rule("load > 80"), Rule("load > 85", "other"));
        await StepAsync(2);
        Assert.Equal(2, _live.Count);

        Configure(Rule("load > 80"));
        await StepAsync(1);

        Assert.Equal(1, _live.Count);
        Assert.Equal("deleted", _log.Transitions[^1].Reason);
    }

    private static RuleConfig Rule(string expr, string id = "r") => new() { Id = id, Name = id, Language = RuleLanguage.PromQl, Expr = expr };

    private void Configure(params RuleConfig[] rules) => _rules.Configure(new RuleSet([.. rules.Select(static config => RuleReader.TryRead(config, out var rule, out _) ? rule : throw new InvalidOperationException(config.Expr))]));

    private int Series(string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key) && _catalog.TryIntern(key!, out _));
        return _catalog.TryFind(key!, out var id) ? id : -1;
    }

    private async Task ArriveAsync(string series, double value)
    {
        var batch = PointBatch.Rent();
        batch.Add(Series(series), _time.Ticks, value);
        await _live.PostAsync(batch, CancellationToken.None);
        await _inputs.PostAsync(batch, CancellationToken.None);
        await _store.AppendAsync(batch, CancellationToken.None);
        batch.Release();
        await StepAsync(1);
    }

    // As the two loops do, a tenth of a second at a time.
    private async Task StepAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _time.Advance(QueryRules.Pace);
            await _live.StepAsync(CancellationToken.None);
            await _rules.StepAsync(CancellationToken.None);
        }
    }
}
