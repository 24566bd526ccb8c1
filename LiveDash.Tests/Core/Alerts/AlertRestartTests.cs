using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;
using static LiveDash.Tests.Core.Alerts.JudgeHarness;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>What an alert knows after the program has begun anew.</summary>
public sealed class AlertRestartTests
{
    [Fact]
    public void Pending_Restarted_GoesOnCountingFromWhereItStood()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 10s")).Steady(1, 7, 99).Restart(100, ended: 7);
        // Six seconds before, four after; the outage and the stretch to the first point count for nothing.
        Assert.Equal("Pending", run.Steady(100, 103, 99).Story);
        Assert.Equal("Pending, Fired", run.Steady(104, 104, 99).Story);
    }

    [Fact]
    public void Pending_Crashed_LosesNoMoreThanWhatWasNotKept()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 for 10s")).Steady(1, 5, 99).Remember(5).Steady(6, 7, 99).Restart(100, isCrash: true);
        Assert.Equal("Pending", run.Steady(100, 105, 99).Story);
        Assert.Equal("Pending, Fired", run.Steady(106, 106, 99).Story);
    }

    [Fact]
    public void Recovering_Restarted_ResolvesAfterTheRestOfKeep()
    {
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 80 keep 10s")).Point(1, 99).Steady(2, 8, 5).Restart(100, ended: 8);
        Assert.Equal("Fired, Recovering", run.Steady(100, 103, 5).Story);
        Assert.Equal("Fired, Recovering, Resolved", run.Steady(104, 104, 5).Story);
    }

    [Theory]
    [InlineData("last(x, 1) > 80", 97.0, 90.0)]
    [InlineData("last(x, 1) < 10", -3.0, 5.0)]
    public void Firing_Restarted_KeepsThePeakOfTheWholeEpisode(string expr, double peak, double later)
    {
        var run = new JudgeHarness().Configure(0, Rule(expr)).Point(1, later).Point(2, peak).Point(3, later).Restart(100).Point(101, later);
        run.Point(102, 50);
        Assert.Equal("Fired, Resolved", run.Story);
        Assert.Equal(peak, run.Log.Transitions[^1].Peak);
    }

    [Fact]
    public void LatePoint_FirstAfterARestart_OpensNothing()
    {
        var run = new JudgeHarness().Configure(0, Rule("max(x, 60s) > 80", static c => c with { AllowPartial = true })).Point(100, 5).Restart(101);
        Assert.Equal("", run.Late(102, 99, 99).Story);
        Assert.Equal("Fired", run.Point(103, 5).Story);
    }

    [Fact]
    public void Absent_Restarted_GoesOnWaitingFromWhereItStood()
    {
        var run = new JudgeHarness().Configure(0, Rule("absent(x, 1m)")).Point(1, 5).Ticks(2, 41).Restart(1000, ended: 41);
        Assert.Equal("", run.Ticks(1001, 1020).Story);
        Assert.Equal("Fired", run.Ticks(1021, 1022).Story);
        Assert.Equal("Fired, Resolved", run.Point(1023, 5).Story);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Absent_FiringThenRestarted_StaysFiringUntilAPointComes(bool isCrash)
    {
        var run = new JudgeHarness().Configure(0, Rule("absent(x, 1m)")).Ticks(1, 61).Restart(1000, isCrash).Ticks(1001, 1010);
        Assert.Equal("Fired", run.Story);
        Assert.Equal("Fired, Resolved", run.Point(1011, 5).Tick(1011).Story);
        Assert.Equal("Fired, Resolved", run.Restart(2000, ended: 1011).Ticks(2001, 2055).Story);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AbsentPart_OfAComposite_StaysTrueOverARestart(int shards)
    {
        var run = new JudgeHarness(shards);
        run.Series("a");
        run.Series("b");
        run.Configure(0, Rule("last(a, 1) > 80 and absent(b, 1m)")).Tick(0);
        for (var now = 1; now <= 65; now++) run.Point(now, 99, "a").Tick(now).Tick(now);
        Assert.Equal("Fired", run.Story);
        run.Restart(1000, isCrash: true).Tick(1000).Tick(1000).Point(1001, 99, "a").Tick(1001);
        Assert.Equal("Fired", run.Story);
    }

    [Fact]
    public async Task Silences_OfNoRuleAnyMore_AreForgotten()
    {
        var store = new MemoryDocumentStore();
        using (var book = new AlertBook(store, new ManualTime()))
        {
            book.NoteSilence("a", 5);
            book.NoteSilence("b", 7);
            await book.SaveAsync(default);
        }

        using var next = new AlertBook(store, new ManualTime());
        await next.LoadAsync(default);
        Assert.Equal(5, next.RecallSilence("a"));
        next.Sweep();
        await next.SaveAsync(default);
        Assert.Equal(["a"], (await store.ListAsync(AlertDocuments.Quiet, default)).Select(static d => d.Id));
    }

    [Fact]
    public async Task State_FiringAtTheStop_IsCalledByItsWordBeforeItIsJudgedAgain()
    {
        var store = new MemoryDocumentStore();
        var words = new StateWords();
        Assert.Equal([0, 1], new[] { words.Add("running"), words.Add("stopped") });
        var run = new JudgeHarness().Configure(0, Rule("last(x, 1) > 0")).Point(1, 1);
        var fired = run.Log.Transitions[0];
        fired.Live.Words = words;
        using (var book = new AlertBook(store, new ManualTime()))
        {
            book.Post(fired);
            Assert.Equal("stopped", Assert.Single(book.List()).Text);
            await book.SaveAsync(default);
        }

        using var next = new AlertBook(store, new ManualTime());
        await next.LoadAsync(default);
        next.TakeOver(run.Rules);
        Assert.Equal("stopped", Assert.Single(next.List()).Text);
    }

    [Fact]
    public void SilenceClock_SeriesThatSendsAgainAndAgain_IsKeptSeldom()
    {
        var clock = new SilenceClock(0);
        clock.Follow(TimeSpan.FromDays(1).Ticks);
        var writes = 0;
        // Silent for ten minutes between its points: nothing is worth a write.
        for (var second = 0; second < 3_600; second++) writes += clock.IsDue(second % 600 * TimeSpan.TicksPerSecond, isAll: false, out _) ? 1 : 0;
        Assert.Equal(0, writes);
        for (var second = 0; second < 100_000; second++) writes += clock.IsDue(second * TimeSpan.TicksPerSecond, isAll: false, out _) ? 1 : 0;
        Assert.InRange(writes, 30, 60);
    }

    [Fact]
    public void Firing_FigureMovesBelowThePeak_IsNoWrite()
    {
        using var book = new AlertBook(new MemoryDocumentStore(), new ManualTime());
        var run = new JudgeHarness();
        run.Log.Keeper = book;
        run.Configure(0, Rule("last(x, 1) > 80")).Point(1, 99).Steady(2, 10, 90).Remember(10);
        Assert.Equal(0, book.Followed);
        run.Point(11, 120).Remember(12);
        Assert.Equal(1, book.Followed);
    }

    [Fact]
    public void Absent_DeletedOrEdited_ItsSilenceIsKeptNoLonger()
    {
        var run = new JudgeHarness().Configure(0, Rule("absent(x, 1m)")).Ticks(1, 41);
        Assert.True(run.Log.Silences["x"] > 0);
        run.Configure(42, Rule("last(x, 1) > 80")).Ticks(43, 60);
        Assert.Equal(0, run.Log.Silences["x"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AbsentPart_OfACompositeDeleted_ItsSilenceIsKeptNoLonger(int shards)
    {
        var run = new JudgeHarness(shards);
        run.Series("a");
        run.Series("b");
        run.Configure(0, Rule("last(a, 1) > 80 and absent(b, 1m)")).Tick(0);
        for (var now = 1; now <= 45; now++) run.Point(now, 99, "a").Tick(now);
        Assert.True(run.Log.Silences["b"] > 0);
        run.Configure(46).Ticks(46, 50);
        Assert.Equal(0, run.Log.Silences["b"]);
    }

    [Fact]
    public void Absent_EditedAfterARestart_GoesOnFromTheSilenceThereIs()
    {
        var run = new JudgeHarness().Configure(0, Rule("absent(x, 1m)")).Ticks(1, 41).Restart(1000, ended: 41).Tick(1000);
        Assert.Equal("", run.Configure(1001, Rule("absent(x, 50s)")).Ticks(1001, 1008).Story);
        Assert.Equal("Fired", run.Ticks(1009, 1012).Story);
    }

    [Fact]
    public void SilenceClock_ShortestIsAskedForNoMore_IsKeptAsSeldomAsTheOthersNeed()
    {
        var clock = new SilenceClock(0);
        clock.Follow(TimeSpan.FromMinutes(1).Ticks);
        clock.Follow(TimeSpan.FromDays(1).Ticks);
        clock.Unfollow(TimeSpan.FromMinutes(1).Ticks);
        Assert.True(clock.IsFollowed);
        var writes = 0;
        for (var second = 0; second < 3_600; second++) writes += clock.IsDue(second * TimeSpan.TicksPerSecond, isAll: false, out _) ? 1 : 0;
        Assert.Equal(0, writes);
        clock.Unfollow(TimeSpan.FromDays(1).Ticks);
        Assert.False(clock.IsFollowed);
    }

    [Fact]
    public async Task Ended_BetweenLoadAndTakeOver_IsNotBroughtBack()
    {
        using var before = await NoticeHarness.StartAsync(new RecordingNotifier());
        before.Post(AlertEventKind.Fired);
        await before.Book.SaveAsync(default);
        using var after = await NoticeHarness.StartAsync(new RecordingNotifier(), before.Store, before.Time, takesOver: false);
        after.Post(AlertEventKind.Resolved);
        after.Book.TakeOver(new RuleSet([NoticeHarness.Rule]));
        Assert.Empty(after.Book.List());
        await after.Book.SaveAsync(default);
        Assert.Empty(await after.Store.ListAsync(AlertDocuments.Alert, default));
    }

    [Fact]
    public async Task Sweep_GaugesCalmForTenMinutes_AreForgotten()
    {
        using var harness = await NoticeHarness.StartAsync(new RecordingNotifier());
        harness.Post(AlertEventKind.Fired);
        await harness.Book.SaveAsync(default);
        Assert.Single(await harness.Store.ListAsync(AlertDocuments.Changes, default));
        harness.Time.Advance(TimeSpan.FromMinutes(9));
        harness.Book.Sweep();
        await harness.Book.SaveAsync(default);
        Assert.Single(await harness.Store.ListAsync(AlertDocuments.Changes, default));
        harness.Time.Advance(TimeSpan.FromMinutes(1));
        harness.Book.Sweep();
        await harness.Book.SaveAsync(default);
        Assert.Empty(await harness.Store.ListAsync(AlertDocuments.Changes, default));
    }
}
