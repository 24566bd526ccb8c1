using LiveDash.Core.Alerts;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using static LiveDash.Tests.Core.Alerts.JudgeHarness;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>The rows of the transition table as a judge follows them, from points and ticks.</summary>
public sealed class AlertJudgeTests
{
    [Fact]
    public void Breach_WithoutFor_FiresAtThePointItself()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 81);
        Assert.Equal("Fired", run.Story);
        Assert.Equal((At(1), At(1), 81.0), (run.Log.Transitions[0].At, run.Log.Transitions[0].FiredAt, run.Log.Transitions[0].Peak));
    }

    [Fact]
    public void Value_EqualToTheThreshold_IsNoBreachOfAbove()
    {
        Assert.Equal("", new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 80).Story);
        Assert.Equal("Fired, Resolved", new JudgeHarness().Configure(0, Rule("last(x, 1) >= 80")).Point(1, 80).Point(2, Math.BitDecrement(80)).Story);
    }

    [Fact]
    public void Hysteresis_FigureBetweenTheThresholds_NeitherFiresNorClears()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 clear 70")).Point(1, 75);
        Assert.Equal("", run.Story);
        run.Point(2, 90).Point(3, 75).Point(4, 71).Point(5, 85).Point(6, 70);
        Assert.Equal("Fired, Resolved", run.Story);
        Assert.Equal(At(6), run.Log.Transitions[1].At);
    }

    [Fact]
    public void SeveritySteps_UpAndDown_AreOneEpisode()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 critical 95")).Point(1, 85).Point(2, 96).Point(3, 97).Point(4, 90).Point(5, 10);
        Assert.Equal("Fired, SeverityChanged, SeverityChanged, Resolved", run.Story);
        Assert.Equal([Severity.Warning, Severity.Critical, Severity.Warning, Severity.Warning], run.Log.Transitions.Select(static t => t.Severity));
        Assert.Single(run.Log.Transitions.Select(static t => t.Episode).Distinct());
        Assert.Equal(97, run.Log.Transitions[^1].Peak);
    }

    [Fact]
    public void Window_NotFull_DecidesNothingUnlessPartialIsAllowed()
    {
        var run = new JudgeHarness().Configure(0, Rule("mean(x, 3) > 80")).Point(1, 99).Point(2, 99);
        Assert.Equal("", run.Story);
        Assert.Equal("Fired", run.Point(3, 99).Story);
        Assert.Equal("Fired", new JudgeHarness().Configure(0, Rule("mean(x, 3) > 80", static c => c with { AllowPartial = true })).Point(1, 99).Story);
    }

    [Fact]
    public void Figure_Undefined_IsMissingAndNotCleared()
    {
        // A time window that has emptied has no mean: a comparison with NaN would be false and read as resolved.
        var run = new JudgeHarness().Configure(0, Rule("mean(x, 5s) > 80")).Steady(1, 10, 99).Ticks(11, 60);
        Assert.Equal("Fired", run.Story);
        Assert.Equal("Fired, Resolved", run.Steady(61, 70, 10).Story);
    }

    [Theory]
    [InlineData("keep", "Fired")]
    [InlineData("resolve", "Fired, Resolved(missing)")]
    public void Missing_BeyondStaleAfter_FollowsItsPolicyByArrival(string onMissing, string expected)
    {
        var rule = Rule("last(x, 1) > 80", c => c with { StaleAfter = "10s", OnMissing = onMissing });
        // The points are an hour old by their own time, and fresh by arrival.
        var run = new JudgeHarness().Configure(3600, rule).Late(3601, 1, 99).Ticks(3602, 3611);
        Assert.Equal("Fired", run.Story);
        Assert.Equal(expected, run.Ticks(3612, 3620).Story);
    }

    [Fact]
    public void Missing_WithinStaleAfter_StopsNoClockButAWindowThatEmptiesDoes()
    {
        var run = new JudgeHarness().Configure(0, Rule("max(x, 2s) > 80 for 8s")).Steady(0, 5, 99);
        // The window has been full since 2 s: pending since then; it empties at 7 s and the clock stands at 4 s.
        Assert.Equal("Pending", run.Ticks(6, 60).Story);
        run.Steady(61, 64, 99);
        Assert.Equal("Pending", run.Story);
        Assert.Equal("Pending, Fired", run.Steady(65, 70, 99).Story);
    }

    [Theory]
    [InlineData("keep", "")]
    [InlineData("alert", "Fired")]
    [InlineData("ok", "")]
    public void NoData_EverySourceSilentAtStart_FollowsItsPolicy(string policy, string expected)
    {
        var run = new JudgeHarness();
        run.Series("x");
        run.Configure(0, Rule("last(x, 1) > 80", c => c with { StaleAfter = "10s", OnNoData = policy })).Ticks(1, 10);
        Assert.Equal("", run.Story);
        Assert.Equal(expected, run.Ticks(11, 20).Story);
        Assert.Equal(AlertHealth.NoData, run.States["hot"].Health);
    }

    [Fact]
    public void NoData_SeriesThatWasNeverSeen_AlertsWhereThePolicyAsksForIt()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(never, 1) > 80", static c => c with { StaleAfter = "10s", OnNoData = "alert" })).Ticks(1, 20);
        Assert.Equal("Fired", run.Story);
        Assert.Equal("Fired, Resolved", run.Point(21, 1, "never").Story);
    }

    [Theory]
    [InlineData("alert", "Fired, Resolved")]
    [InlineData("ok", "")]
    public void NoData_AllOfManyQuiet_IsJudgedOfTheRuleNotOfOneSeries(string policy, string expected)
    {
        var rule = Rule("last(x{host=*}, 1) > 80", c => c with { StaleAfter = "10s", OnNoData = policy });
        var run = new JudgeHarness().Configure(0, rule).Point(1, 5, "x{host=a}");
        for (var now = 1; now <= 30; now++) run.Point(now, 5, "x{host=b}").Tick(now);
        Assert.Equal("", run.Story);
        Assert.Equal(AlertHealth.Ok, run.States["hot"].Health);
        run.Ticks(31, 60);
        Assert.Equal(AlertHealth.NoData, run.States["hot"].Health);
        Assert.Equal(policy == "alert" ? "Fired, Fired" : "", run.Story);
        run.Log.Transitions.RemoveAll(static t => t.Series.ToString() != "x{host=b}");
        Assert.Equal(expected, run.Point(61, 5, "x{host=b}").Story);
    }

    [Theory]
    [InlineData("keep", "")]
    [InlineData("alert", "Fired")]
    public void Error_ThreeInARow_FollowsThePolicyAndHarmsNoOtherRule(string policy, string expected)
    {
        var windows = new FaultyWindows();
        var run = new JudgeHarness(source: windows);
        var faulty = Rule("mean(x, 2) > 80", c => c with { Id = "faulty", OnError = policy });
        run.Series("x");
        run.Configure(0, faulty, Rule("last(x, 1) > 80"));
        windows.Add(1, 99);
        run.Point(1, 99).Point(2, 99);
        Assert.Equal(["hot"], run.Log.Transitions.Select(static t => t.Rule.Id));
        Assert.Equal(AlertHealth.Ok, run.States["faulty"].Health);
        run.Log.Transitions.Clear();
        run.Point(3, 99);
        Assert.Equal(expected, run.Story);
        Assert.Equal(AlertHealth.Error, run.States["faulty"].Health);
    }

    [Fact]
    public void InstanceLimit_Reached_KnownOnesGoOnAndNewOnesAreRefused()
    {
        var run = new JudgeHarness(limits: new Limits { MaxAlertsPerRule = 2 }).Configure(0, Rule("last(x{host=*}, 1) > 80"));
        foreach (var host in "abc") run.Point(1, 99, $"x{{host={host}}}");
        Assert.Equal(["x{host=a}", "x{host=b}"], run.Log.Transitions.Select(static t => t.Series.ToString()));
        Assert.Equal((AlertHealth.Limit, 1L), (run.States["hot"].Health, run.States["hot"].Refused));
        run.Point(2, 1, "x{host=a}");
        Assert.Equal("Fired, Fired, Resolved", run.Story);
        run.Configure(3, Rule("last(x{host=a}, 1) > 80")).Point(3, 1, "x{host=a}");
        Assert.Equal(AlertHealth.Ok, run.States["hot"].Health);
    }

    [Fact]
    public void Absent_SeriesNeverSeenOrGone_FiresAndResolvesWithItsPoint()
    {
        var run = new JudgeHarness().Configure(0, Rule("absent(x, 1m)")).Ticks(1, 60);
        Assert.Equal("", run.Story);
        Assert.Equal("Fired", run.Ticks(61, 600).Story);
        Assert.Equal("Fired, Resolved", run.Point(601, 1).Story);
        Assert.Equal("Fired, Resolved, Fired", run.Ticks(602, 670).Story);
    }

    [Fact]
    public void Outside_MeanBeyondEitherBorder_Fires()
    {
        var run = new JudgeHarness().Configure(0, Rule("outside(x, 1, 10, 20)")).Point(1, 10).Point(2, 20);
        Assert.Equal("", run.Story);
        Assert.Equal("Fired, Resolved, Fired", run.Point(3, 21).Point(4, 15).Point(5, 9).Story);
    }

    [Fact]
    public void ZScore_FigureFarFromTheUsual_Fires()
    {
        var run = new JudgeHarness().Configure(0, Rule("zscore(x, 60) > 5"));
        for (var i = 1; i <= 120; i++) run.Point(i, 50 + (i * 7 % 5));
        Assert.Equal("", run.Story);
        Assert.Equal("Fired", run.Point(121, 500).Story);
    }

    [Theory]
    [InlineData("last(a, 1) > 80 and last(b, 1) > 80", "Fired, Resolved")]
    [InlineData("last(a, 1) > 80 or last(b, 1) > 80", "Fired")]
    [InlineData("last(a, 1) > 80 and not last(b, 1) < 80", "Fired, Resolved")]
    public void Composite_OverShards_JudgesAsOnOne(string expr, string expected)
    {
        foreach (var shards in new[] { 1, 2, 3 })
        {
            var run = new JudgeHarness(shards);
            run.Series("a");
            run.Series("b");
            run.Configure(0, Rule(expr)).Tick(0).Tick(0);
            run.Point(1, 90, "a").Point(1, 90, "b").Tick(1).Tick(1);
            Assert.Equal("Fired", run.Story);
            run.Point(2, 10, "b").Tick(2).Tick(2);
            Assert.Equal(expected, run.Story);
        }
    }

    [Theory]
    [InlineData("paused", "Resolved(paused)")]
    [InlineData("edited", "Resolved(edited)")]
    [InlineData("deleted", "Resolved(deleted)")]
    [InlineData("renamed", "")]
    public void RuleChanged_WhileFiring_EndsWithTheReasonUnlessItMeansTheSame(string change, string expected)
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 99);
        run.Log.Transitions.Clear();
        run.Configure(2, change switch
        {
            "paused" => [Rule("last(x, 1) > 80", static c => c with { Paused = true })],
            "edited" => [Rule("last(x, 1) > 101")],
            "renamed" => [Rule("last(x, 1) > 80", static c => c with { Name = "very hot", Message = "{series} is hot" })],
            _ => [],
        }).Point(3, 99).Tick(3);
        Assert.Equal(expected, run.Story);
    }

    [Fact]
    public void RuleEdited_WhilePending_StartsAfresh()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 10s")).Steady(1, 10, 99);
        run.Configure(10, Rule("last(x, 1) > 70 for 10s")).Steady(11, 20, 99);
        Assert.Equal("Pending, Dropped(edited), Pending", run.Story);
        Assert.Equal("Pending, Dropped(edited), Pending, Fired", run.Tick(21).Story);
    }

    [Fact]
    public void AbsentPart_OfASeriesThatSends_HoldsNothing()
    {
        var run = new JudgeHarness();
        run.Series("a");
        run.Series("b");
        run.Configure(0, JudgeHarness.Rule("last(a, 1) > 80 and absent(b, 10s)"));
        for (var now = 1; now <= 60; now++) run.Point(now, 99, "a").Point(now, 1, "b").Tick(now);
        Assert.Equal("", run.Story);
        for (var now = 61; now <= 72; now++) run.Point(now, 99, "a").Tick(now);
        Assert.Equal("Fired", run.Story);
    }
}
