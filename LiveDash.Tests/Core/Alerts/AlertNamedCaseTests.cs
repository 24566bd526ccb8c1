using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using static LiveDash.Tests.Core.Alerts.JudgeHarness;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>The named cases: the situations in which alerting is known to go wrong.</summary>
public sealed class AlertNamedCaseTests
{
    [Fact]
    public void Flapping_AtHalfTheIntervalOfFor_NeverFires()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 10s"));
        for (var i = 0; i < 40; i++) run.Steady(i * 5, (i * 5) + 4, i % 2 == 0 ? 99 : 1);
        Assert.DoesNotContain("Fired", run.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void Flapping_AtHalfTheIntervalOfKeep_IsOneEpisode()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 keep 10s"));
        for (var i = 0; i < 40; i++) run.Steady(i * 5, (i * 5) + 4, i % 2 == 0 ? 99 : 1);
        Assert.Single(run.Log.Transitions, static t => t.Kind == AlertEventKind.Fired);
        Assert.DoesNotContain("Resolved", run.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_OfOneTimeThatEndAndBegin_AreEpisodesOfTheirOwn()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 99).Point(1, 5).Point(1, 99);
        Assert.Equal("Fired, Resolved, Fired", run.Story);
        Assert.NotEqual(run.Log.Transitions[0].Episode, run.Log.Transitions[2].Episode);
    }

    [Fact]
    public void SourceAhead_RuleEditedAtTheTimeItFired_IsAnEpisodeOfItsOwn()
    {
        // The source's clock is a minute ahead, so event time stands still between its points.
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Late(1, 61, 99).Configure(2, Rule("last(x, 1) > 70")).Tick(2);
        Assert.Equal("Fired, Resolved(edited), Fired", run.Story);
        Assert.NotEqual(run.Log.Transitions[0].Episode, run.Log.Transitions[2].Episode);
    }

    [Fact]
    public void LatePoint_BreachingOrClear_OpensAndClosesNothing()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(10, 5).Late(11, 9, 99).Tick(11);
        Assert.Equal("", run.Story);
        Assert.Equal("Fired", run.Point(12, 99).Late(13, 11, 5).Tick(13).Story);
    }

    [Fact]
    public void DelayedPoints_BehindTheTicks_CountNoStretchTwice()
    {
        // Each point comes two seconds late, after ticks have run past its time: ten seconds of breach are ten seconds by the points' own times.
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 10s")).Late(0, 0, 99).Ticks(1, 4);
        for (var i = 1; i <= 30; i++) run.Late(i + 4, i, 99).Tick(i + 4);
        var fired = Assert.Single(run.Log.Transitions, static t => t.Kind == AlertEventKind.Fired);
        Assert.True(fired.At - fired.ActiveAt >= TimeSpan.FromSeconds(10).Ticks);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(120)]
    [InlineData(3600)]
    public void Suspended_PointsBeforeTheFirstTick_CountNoneOfIt(double gap)
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 20s")).Steady(1, 5, 99);
        run.Point(5 + gap, 99);
        Assert.Equal("Pending", run.Story);
        Assert.Equal("Pending", run.Steady(6 + gap, 20 + gap, 99).Story);
        Assert.Equal("Pending, Fired", run.Tick(21 + gap).Story);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void ClockStep_OfAnHour_CountsNeitherForForNorAsSilence(double step)
    {
        var rule = Rule("last(x, 1) > 80 for 20s", static c => c with { StaleAfter = "30s", OnMissing = "resolve" });
        var run = new JudgeHarness().Configure(0, rule).Steady(5001, 5030, 99);
        Assert.Equal("Pending, Fired", run.Story);
        // The source keeps to the old clock for a while, then follows.
        run.Tick(5031 + step).Late(5032 + step, 5032, 99).Ticks(5033 + step, 5040 + step);
        Assert.Equal("Pending, Fired", run.Story);
    }

    [Fact]
    public void SeriesComesBack_WithinAndAfterStaleAfter_KeepsItsEpisodeOrBeginsAnother()
    {
        var rule = Rule("last(x, 1) > 80", static c => c with { StaleAfter = "10s", OnMissing = "resolve" });
        var run = new JudgeHarness().Configure(0, rule).Point(1, 99).Ticks(2, 10).Point(11, 99);
        Assert.Equal("Fired", run.Story);
        Assert.Equal("Fired, Resolved(missing), Fired", run.Ticks(12, 30).Point(31, 99).Story);
    }

    [Fact]
    public void RuleResumed_AfterAnHour_TakesNoSeriesForSilentThatIsNot()
    {
        var rule = Rule("last(x, 1) > 80", static c => c with { StaleAfter = "30s", OnNoData = "alert" });
        var paused = Rule("last(x, 1) > 80", static c => c with { StaleAfter = "30s", OnNoData = "alert", Paused = true });
        var run = new JudgeHarness().Configure(0, rule).Steady(1, 5, 1).Configure(6, paused).Steady(6, 3600, 1);
        run.Configure(3601, rule).Tick(3601).Point(3602, 1).Tick(3602);
        Assert.Equal("", run.Story);
    }

    [Fact]
    public void Restart_WhileFiring_NeitherFiresAgainNorResolvesBeforeRealData()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 99).Restart(100).Ticks(100, 130);
        Assert.Equal("Fired", run.Story);
        Assert.Equal("Fired", run.Point(131, 99).Story);
        run.Restart(140).Point(141, 5);
        Assert.Equal("Fired, Resolved", run.Story);
        Assert.Single(run.Log.Transitions.Select(static t => t.Episode).Distinct());
    }

    [Fact]
    public async Task RuleDeleted_WhileSilenced_ResolvesAndLeavesNothingBehind()
    {
        var store = new MemoryDocumentStore();
        using var book = new AlertBook(store, new ManualTime());
        var time = new ManualTime().Ticks;
        Assert.True(book.AddSilence(new Silence { Id = "s", Rule = "hot", StartsAt = 0, EndsAt = time * 2 }));
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 99);
        book.Post(run.Log.Transitions[0]);
        Assert.True(Assert.Single(book.List()).IsSilenced);
        run.Configure(2);
        book.Post(run.Log.Transitions[1]);
        Assert.Empty(book.List());
        Assert.Equal("deleted", Assert.Single(book.Episodes()).Reason);
        await book.SaveAsync(default);
        Assert.Empty(await store.ListAsync(AlertDocuments.Alert, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SilenceOfAnEarlierVersion_ItsPatternIsRefusedNow_SilencesNothingAndSaysSo(bool isEqual)
    {
        var store = new MemoryDocumentStore();
        using (var before = new AlertBook(store, new ManualTime()))
        {
            Assert.True(before.AddSilence(new Silence { Id = "s", StartsAt = 0, EndsAt = long.MaxValue, Matchers = [new AlertMatcher { Name = "alertname", Value = "a{1001}", IsRegex = true, IsEqual = isEqual }] }));
            await before.SaveAsync(default);
        }

        using var book = new AlertBook(store, new ManualTime());
        await book.LoadAsync(default);
        book.Post(new JudgeHarness().Configure(0, Rule("last(x, 1) > 80")).Point(1, 99).Log.Transitions[0]);
        Assert.False(Assert.Single(book.List()).IsSilenced);
        Assert.Contains("a{1001}", Assert.Single(book.Silences()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TenThousandAlerts_AtOnce_AgreeInBookAndStoreAndAfterARestart()
    {
        const int Count = 10_000;
        var store = new MemoryDocumentStore();
        var time = new ManualTime();
        using var book = new AlertBook(store, time);
        var run = new JudgeHarness().Configure(0, Rule("last(x{host=*}, 1) > 80"));
        for (var i = 0; i < Count; i++) run.Point(1, 99, $"x{{host=h{i}}}");
        Assert.Equal(Count, run.Log.Transitions.Count);
        foreach (var transition in run.Log.Transitions) book.Post(transition);
        await book.SaveAsync(default);
        Assert.Equal(Count, book.List().Count);
        Assert.Equal(Count, (await store.ListAsync(AlertDocuments.Alert, default)).Count);
        // More than are kept of closed ones: none that is open goes, for its end is still to be told.
        Assert.All(book.List(), alert => Assert.NotNull(book.FindEpisode(alert.Episode!)));
        using var next = new AlertBook(store, time);
        await next.LoadAsync(default);
        next.TakeOver(run.Rules);
        Assert.Equal(book.List().Select(static a => a.Episode).Order(StringComparer.Ordinal), next.List().Select(static a => a.Episode).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ThousandRules_OfWhichOneMatches_JudgeWhatOneDoes()
    {
        var others = Enumerable.Range(0, 999).Select(i => Rule($"last(other{i}, 1) > 80", c => c with { Id = $"r{i}" }));
        var windows = new CountingWindows();
        var run = new JudgeHarness(source: windows);
        run.Series("x");
        run.Configure(0, [Rule("last(x, 1) > 80"), .. others]).Point(1, 99);
        Assert.Equal(1, windows.Acquired);
    }
}
