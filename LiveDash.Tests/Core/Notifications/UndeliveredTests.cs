using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>What was given up, and what is tried again, keeps its order: a receiver hears of no end without a beginning, and of no beginning without its end.</summary>
public sealed class UndeliveredTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData(AlertEventKind.Resolved, "resolved")]
    [InlineData(AlertEventKind.SeverityChanged, "severity")]
    public async Task FormedWhileTheFiringWasStillTried_IsNotToldOnceThatIsGivenUp(AlertEventKind later, string kind)
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Retry("503")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Pause);
        await harness.PassAsync(TimeSpan.FromHours(2));
        harness.Post(later);
        await harness.PassAsync(Pause);
        Assert.Equal([kind, "firing"], harness.Dispatcher.Deliveries.Select(static d => d.Notices.Single().Kind));
        await harness.PassAsync(TimeSpan.FromHours(23));
        isUp = true;
        for (var i = 0; i < 3; i++) await harness.PassAsync(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(receiver.Sent, d => d.Notices.Any(n => n.Kind == kind));
        Assert.Equal("firing", Assert.Single(harness.Dispatcher.Deliveries).Notices.Single().Kind);
        Assert.Single(await harness.Store.ListAsync(NoticeDocuments.Delivery, default));
    }

    [Fact]
    public async Task RetryAll_SeveralGivenUp_GoInTheOrderTheyWereMade()
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        for (var i = 0; i < 4; i++)
        {
            harness.Post(AlertEventKind.Fired, Series(i));
            await harness.PassAsync(Pause);
        }

        isUp = true;
        receiver.Sent.Clear();
        Assert.Equal(4, await harness.Dispatcher.RetryAllAsync(default));
        for (var i = 0; i < 4; i++) await harness.PassAsync(Pause);
        Assert.Equal(Enumerable.Range(0, 4).Select(Series), receiver.Sent.Select(static d => d.Notices.Single().Series));
        Assert.Equal(0, await harness.Dispatcher.RetryAllAsync(default));
    }

    [Fact]
    public async Task RetryAll_BeginningAndEndGivenUp_TellsEachOnceAndInOrder()
    {
        using var before = await NoticeHarness.StartAsync(new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Refused("404"))));
        before.Post(AlertEventKind.Fired);
        await before.PassAsync(Pause);
        var firing = before.Dispatcher.Deliveries.Single();
        before.Post(AlertEventKind.Resolved);
        await before.PassAsync(Pause);
        var end = firing.Notices.Single() with { Kind = "resolved" };
        var given = firing with { Key = end.Key, Notices = [end], Sequence = firing.Sequence + 1 };
        await before.Store.ApplyAsync([new(NoticeDocuments.Delivery, given.Key, DocumentJson.Write(given))], default);

        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver, before.Store, before.Time);
        Assert.Equal(2, await harness.Dispatcher.RetryAllAsync(default));
        for (var i = 0; i < 5; i++) await harness.PassAsync(Pause);
        Assert.Equal(["firing", "resolved"], receiver.Sent.Select(static d => d.Notices.Single().Kind));
    }

    [Fact]
    public async Task ForgetAll_GivenUp_LeavesWhatWaits()
    {
        var receiver = new RecordingNotifier((d, _) => Task.FromResult(d.Notices[0].Series == "y" ? NotifyResult.Retry("503") : NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        foreach (var series in new[] { "x", "z", "y" })
        {
            harness.Post(AlertEventKind.Fired, series);
            await harness.PassAsync(Pause);
        }

        Assert.Equal(2, await harness.Dispatcher.ForgetAllAsync(default));
        Assert.Equal("y", Assert.Single(harness.Dispatcher.Deliveries).Notices.Single().Series);
        Assert.Single(await harness.Store.ListAsync(NoticeDocuments.Delivery, default));
    }

    [Fact]
    public async Task Retried_AfterTheAlertWasToldToFireAnew_IsNotTold()
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Refused("404")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Pause);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Pause);
        isUp = true;
        receiver.Sent.Clear();
        harness.Post(AlertEventKind.Fired, firedAt: 2_000);
        await harness.PassAsync(Pause);

        Assert.True(await harness.Dispatcher.RetryAsync(harness.Dispatcher.Deliveries.Single().Key, default));
        await harness.PassAsync(Pause);
        harness.Post(AlertEventKind.Resolved, firedAt: 2_000);
        for (var i = 0; i < 3; i++) await harness.PassAsync(Pause);

        Assert.Equal(["firing", "resolved"], receiver.Sent.Select(static d => d.Notices.Single().Kind));
        Assert.Single(receiver.Sent.Select(static d => d.Notices.Single().Episode).Distinct());
        Assert.Empty(harness.Dispatcher.Deliveries);
    }

    [Fact]
    public async Task Retried_AlertFiresAnewWhileItIsOnItsWay_IsToldTheEndOfBoth()
    {
        var (answer, isOnItsWay) = (new TaskCompletionSource<NotifyResult>(), new TaskCompletionSource());
        var receiver = new RecordingNotifier((d, _) =>
        {
            if (!d.IsTakenUp) return Task.FromResult(d.Notices[0].FiredAt == 1_000 ? NotifyResult.Refused("404") : NotifyResult.Delivered);
            isOnItsWay.TrySetResult();
            return answer.Task;
        });
        using var harness = await NoticeHarness.StartAsync(receiver);
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Pause);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Pause);
        var old = harness.Dispatcher.Deliveries.Single();
        Assert.True(await harness.Dispatcher.RetryAsync(old.Key, default));
        await harness.Dispatcher.StepAsync(harness.Now, default);
        await isOnItsWay.Task.WaitAsync(TimeSpan.FromMinutes(1));
        harness.Post(AlertEventKind.Fired, firedAt: 2_000);
        await harness.Book.SaveAsync(default);
        answer.SetResult(NotifyResult.Delivered);
        await harness.Dispatcher.WhenIdleAsync();
        for (var i = 0; i < 4; i++) await harness.PassAsync(Pause);
        harness.Post(AlertEventKind.Resolved, firedAt: 2_000);
        for (var i = 0; i < 3; i++) await harness.PassAsync(Pause);

        var ends = receiver.Sent.SelectMany(static d => d.Notices).Where(static n => n.Kind == "resolved").ToList();
        Assert.Equal(2, ends.Count);
        Assert.Equal(old.Notices[0].Episode, ends[0].Episode);
    }

    [Fact]
    public async Task Retried_WhileItArrives_LeavesNothingToBeSentAfterTheNextStart()
    {
        var (answer, isDown) = (new TaskCompletionSource<NotifyResult>(), true);
        var receiver = new RecordingNotifier((_, _) => isDown ? Task.FromResult(NotifyResult.Retry("503")) : answer.Task);
        using var harness = await NoticeHarness.StartAsync(receiver);
        var store = (MemoryDocumentStore)harness.Store;
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Pause);
        var key = harness.Dispatcher.Deliveries.Single().Key;
        isDown = false;
        harness.Time.Advance(TimeSpan.FromMinutes(1));
        await harness.Dispatcher.StepAsync(harness.Now, default);
        Assert.True(await harness.Dispatcher.RetryAsync(key, default));

        // It has arrived, and the store has forgotten it, but who sent it does not know yet.
        var (isForgotten, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Applied = changes =>
        {
            if (!changes.Any(static c => c is { Kind: NoticeDocuments.Delivery, Body: null })) return Task.CompletedTask;
            isForgotten.TrySetResult();
            return goOn.Task;
        };
        answer.SetResult(NotifyResult.Delivered);
        await isForgotten.Task;
        await harness.Dispatcher.RetryAsync(key, default);
        goOn.SetResult();
        await harness.Dispatcher.WhenIdleAsync();

        Assert.Empty(await store.ListAsync(NoticeDocuments.Delivery, default));
        Assert.Empty(harness.Dispatcher.Deliveries);
    }

    [Fact]
    public async Task GivenUp_MoreThanAreKept_TheOldestGo()
    {
        using var before = await NoticeHarness.StartAsync(new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Refused("404"))));
        before.Post(AlertEventKind.Fired);
        await before.PassAsync(Pause);
        var one = before.Dispatcher.Deliveries.Single();
        await before.Store.ApplyAsync(
            [.. Enumerable.Range(2, 999).Select(n => one with { Key = Series(n), Sequence = n }).Select(d => new LiveDash.Core.Storage.DocumentChange(NoticeDocuments.Delivery, d.Key, DocumentJson.Write(d)))], default);

        using var harness = await NoticeHarness.StartAsync(new RecordingNotifier((_, _) => Task.FromResult(NotifyResult.Refused("404"))), before.Store, before.Time);
        Assert.Equal(1_000, harness.Dispatcher.Deliveries.Count);
        harness.Post(AlertEventKind.Fired, "y");
        await harness.PassAsync(Pause);
        Assert.Equal(1_000, harness.Dispatcher.Deliveries.Count);
        Assert.Equal("y", harness.Dispatcher.Deliveries[0].Notices[0].Series);
        Assert.DoesNotContain(harness.Dispatcher.Deliveries, d => d.Key == one.Key);
        Assert.Equal(1_000, (await harness.Store.ListAsync(NoticeDocuments.Delivery, default)).Count);
    }

    private static string Series(int n) => string.Create(CultureInfo.InvariantCulture, $"x{{n={n}}}");
}
