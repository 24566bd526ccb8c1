using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>What an episode's history says of its notices, and what becomes of those that were given up.</summary>
public sealed class TellingJournalTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);
    private static readonly string Episode = AlertNames.Episode(AlertNames.Alert("hot", "x"), 1_000);

    [Fact]
    public async Task Delivered_AfterTwoFailures_IsOneLineWithThreeAttempts()
    {
        var fails = 2;
        using var harness = await NoticeHarness.StartAsync(new RecordingNotifier((_, _) => Task.FromResult(fails-- > 0 ? NotifyResult.Retry("500") : NotifyResult.Delivered)));
        harness.Post(AlertEventKind.Fired);
        for (var i = 0; i < 6; i++) await harness.PassAsync(Wait);

        var telling = Assert.Single(harness.Journal.Of(Episode));

        Assert.Equal(("ops", 3, false, null, "firing"), (telling.Channel, telling.Attempts, telling.IsUndelivered, telling.Error, telling.Notices.Single().Kind));
        Assert.Same(telling, harness.Journal.LastOf("ops"));
        Assert.False(harness.Journal.WasNeverTold(Episode, "ops"));
    }

    [Fact]
    public async Task Restart_WhatWasTold_IsStillKnown()
    {
        using var harness = await NoticeHarness.StartAsync(new RecordingNotifier());
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);

        using var again = await NoticeHarness.StartAsync(new RecordingNotifier(), harness.Store, harness.Time);

        Assert.Equal(harness.Journal.Of(Episode).Single().Key, again.Journal.Of(Episode).Single().Key);
    }

    [Fact]
    public async Task Forgotten_GivenUpFiring_StillTellsNoEnd()
    {
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);

        Assert.True(await harness.Dispatcher.ForgetAsync(harness.Dispatcher.Deliveries.Single().Key, default));
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);

        Assert.Empty(harness.Dispatcher.Deliveries);
        Assert.Equal(["firing"], receiver.Sent.Select(d => d.Notices.Single().Kind));
        Assert.True(harness.Journal.Of(Episode).Single().IsUndelivered);
    }

    [Fact]
    public async Task Retried_WhileOpen_IsToldThenItsEnd()
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        isUp = true;

        Assert.True(await harness.Dispatcher.RetryAsync(harness.Dispatcher.Deliveries.Single().Key, default));
        await harness.PassAsync(Wait);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);

        Assert.Equal(["firing", "firing", "resolved"], receiver.Sent.Select(d => d.Notices.Single().Kind));
        Assert.Equal([false, false], harness.Journal.Of(Episode).Select(t => t.IsUndelivered));
    }

    [Fact]
    public async Task Retried_AfterTheEnd_IsToldTheEndToo()
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        isUp = true;

        Assert.True(await harness.Dispatcher.RetryAsync(harness.Dispatcher.Deliveries.Single().Key, default));
        for (var i = 0; i < 3; i++) await harness.PassAsync(Wait);

        Assert.Equal(["firing", "firing", "resolved"], receiver.Sent.Select(d => d.Notices.Single().Kind));
        Assert.Empty(harness.Dispatcher.Deliveries);
    }

    [Fact]
    public async Task Retry_UnknownKey_IsFalseAndKeepsNothing()
    {
        using var harness = await NoticeHarness.StartAsync(new RecordingNotifier());

        Assert.False(await harness.Dispatcher.RetryAsync("nothing", default));
        Assert.False(await harness.Dispatcher.ForgetAsync("nothing", default));
    }

    [Fact]
    public void Record_MoreThanAreRemembered_TheOldestGoAndTheRestStands()
    {
        var journal = new TellingJournal();
        var notices = Enumerable.Range(0, 50).Select(static _ => Notice("e")).ToList();
        for (var i = 0; i < TellingJournal.MaxNotices / 50; i++) Assert.Single(journal.Record(Given(i, notices), i));

        var changes = journal.Record(Given(100_000, [Notice("last")]), 100_000);

        Assert.Equal(["100000", "0"], changes.Select(static c => c.Id));
        Assert.Null(changes[1].Body);
        Assert.Equal((TellingJournal.MaxNotices / 50) - 1, journal.Of("e").Count);
        Assert.Equal("1", journal.Of("e")[0].Key);
        Assert.Equal("100000", journal.LastOf("ops")?.Key);
    }

    [Fact]
    public void Record_NewestOfAChannelFallsOut_ItHasNoLast()
    {
        var journal = new TellingJournal();
        journal.Record(Given(0, [Notice("old")]) with { Channel = "night" }, 0);
        journal.Record(Given(1, [.. Enumerable.Range(0, TellingJournal.MaxNotices).Select(static _ => Notice("e"))]), 1);
        Assert.Null(journal.LastOf("night"));
        Assert.Empty(journal.Of("old"));
    }

    [Fact]
    public void Load_MoreThanAreRemembered_TheNextToBeRecordedPushesTheOldestOut()
    {
        var journal = new TellingJournal();
        var notices = Enumerable.Range(0, TellingJournal.MaxNotices / 2).Select(static _ => new ToldNotice("e", "firing", 1)).ToList();
        journal.Load(Enumerable.Range(0, 4).Select(n => new Telling { Key = $"old{n}", Channel = "ops", At = n, Attempts = 1, Notices = notices }));

        var changes = journal.Record(Given(4, [Notice("e")]), 4);

        Assert.Equal(["4", "old0", "old1", "old2"], changes.Select(static c => c.Id));
        Assert.Equal(["old3", "4"], journal.Of("e").Select(static t => t.Key));
    }

    private static Delivery Given(int n, IReadOnlyList<Notice> notices) => new()
    {
        Key = n.ToString(System.Globalization.CultureInfo.InvariantCulture), Channel = "ops", RuleId = "hot", Notices = notices, Sequence = n, MadeAt = n,
    };

    private static Notice Notice(string episode) => new()
    {
        Episode = episode, Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "hot", Rule = "hot", Series = "x",
    };
}
