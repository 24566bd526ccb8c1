using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

public sealed class NotificationTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task FiredThenResolved_TellsBothInOrderWithKeysOfTheirOwn()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        Assert.Equal(["firing", "resolved"], receiver.Sent.Select(d => d.Notices.Single().Kind));
        Assert.Equal(2, receiver.Sent.Select(d => d.Key).Distinct().Count());
        Assert.Empty(harness.Dispatcher.Deliveries);
    }

    [Fact]
    public async Task Planned_NotCommitted_IsNotSent()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        harness.Time.Advance(Wait);
        await harness.Dispatcher.StepAsync(harness.Now, default);
        await harness.Dispatcher.WhenIdleAsync();
        Assert.Empty(receiver.Sent);
    }

    [Fact]
    public async Task ManyOfOneRule_GoTogetherUpToTheLimit()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver, options: new NotificationOptions { MaxGroup = 40 });
        for (var i = 0; i < 100; i++) harness.Post(AlertEventKind.Fired, $"x{{n={i}}}");
        for (var i = 0; i < 5; i++) await harness.PassAsync(Wait);
        Assert.Equal([40, 40, 20], receiver.Sent.Select(d => d.Notices.Count));
        Assert.Equal(100, receiver.Sent.SelectMany(d => d.Notices).Select(n => n.Key).Distinct().Count());
    }

    [Fact]
    public async Task Receiver_FailsForAWhile_GetsTheSameKeyUntilItTakesIt()
    {
        var fails = 3;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(fails-- > 0 ? NotifyResult.Retry("500") : NotifyResult.Delivered));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        for (var i = 0; i < 10; i++) await harness.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(4, receiver.Sent.Count);
        Assert.Single(receiver.Sent.Select(d => d.Key).Distinct());
        Assert.Empty(harness.Dispatcher.Deliveries);
    }

    [Fact]
    public async Task Receiver_DownOverFiredAndResolved_IsToldNothingOfTheEndOfWhatItDoesNotKnow()
    {
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Retry("down")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        await harness.PassAsync(TimeSpan.FromHours(25));
        Assert.True(Assert.Single(harness.Dispatcher.Deliveries).IsUndelivered);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        Assert.DoesNotContain(receiver.Sent, d => d.Notices.Any(n => n.Kind == "resolved"));
    }

    [Fact]
    public async Task Receiver_Refuses_IsListedAndNotTriedAgain()
    {
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        for (var i = 0; i < 5; i++) await harness.PassAsync(Wait);
        Assert.Single(receiver.Sent);
        Assert.Equal("404", Assert.Single(harness.Dispatcher.Deliveries).Error);
    }

    [Fact]
    public async Task Channel_Hangs_DelaysNoOther()
    {
        var never = new TaskCompletionSource<NotifyResult>();
        var receiver = new RecordingNotifier((delivery, _) => delivery.Channel == "night" ? never.Task : Task.FromResult(NotifyResult.Delivered));
        using var harness = await NoticeHarness.StartAsync(receiver);
        var rule = NoticeHarness.Read(NoticeHarness.Rule.Config with { Channels = ["night", "ops"] });
        harness.Post(AlertEventKind.Fired, rule: rule);
        await harness.Book.SaveAsync(default);
        harness.Time.Advance(Wait);
        await harness.Dispatcher.StepAsync(harness.Now, default);
        await LiveDash.Tests.Shared.Wait.UntilAsync(() => receiver.Sent.Any(d => d.Channel == "ops"), "the other channel was served");
        never.SetResult(NotifyResult.Delivered);
        await harness.Dispatcher.WhenIdleAsync();
    }

    [Fact]
    public async Task Silenced_FiresInSilence_IsToldWhenTheSilenceEnds()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Book.AddSilence(new Silence { Id = "s", Rule = "hot", StartsAt = harness.Now, EndsAt = harness.Now + TimeSpan.TicksPerHour });
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        Assert.Empty(receiver.Sent);
        await harness.PassAsync(TimeSpan.FromHours(1));
        await harness.PassAsync(Wait);
        Assert.Equal("firing", Assert.Single(receiver.Sent).Notices[0].Kind);
    }

    [Fact]
    public async Task StillFiring_IsRepeatedUntilAcknowledged()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        await harness.PassAsync(TimeSpan.FromHours(4));
        await harness.PassAsync(Wait);
        Assert.Equal([1, 2], receiver.Sent.Select(d => d.Notices[0].Number));
        harness.Book.Acknowledge(AlertNames.Alert("hot", "x"), "me");
        await harness.PassAsync(TimeSpan.FromHours(9));
        await harness.PassAsync(Wait);
        Assert.Equal(2, receiver.Sent.Count);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        Assert.Equal("resolved", receiver.Sent.Last().Notices[0].Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_BetweenCommitAndSend_TellsEachOnceByItsKeyAndLeavesNothingUntold(bool isSentBeforeTheEnd)
    {
        var random = new Random(1);
        var store = new MemoryDocumentStore();
        var time = new ManualTime();
        var received = new List<string>();
        await new ChannelBook(store, new NotificationOptions()).SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }], default);
        for (var round = 0; round < 50; round++)
        {
            var receiver = new RecordingNotifier();
            using (var harness = await NoticeHarness.StartAsync(receiver, store, time))
            {
                harness.Post(AlertEventKind.Fired, $"x{{n={round}}}");
                await harness.Book.SaveAsync(default);
                time.Advance(TimeSpan.FromSeconds(random.Next(0, 3)));
                if (isSentBeforeTheEnd) await harness.Dispatcher.StepAsync(harness.Now, default);
                await harness.Dispatcher.WhenIdleAsync();
            }

            received.AddRange(receiver.Sent.SelectMany(d => d.Notices).Select(n => n.Key));
        }

        var last = new RecordingNotifier();
        using (var harness = await NoticeHarness.StartAsync(last, store, time))
        {
            for (var i = 0; i < 10; i++) await harness.PassAsync(Wait);
        }

        received.AddRange(last.Sent.SelectMany(d => d.Notices).Select(n => n.Key));
        Assert.Equal(50, received.Distinct().Count());
        Assert.All(received.Distinct(), key => Assert.EndsWith(":ops:firing:1", key, StringComparison.Ordinal));
    }
}
