using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>What becomes of notices while the disk takes nothing.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Arrived_WhileTheDiskIsFull_IsSentOnceAndItsHistoryKeptLater()
    {
        MemoryDocumentStore? store = null;
        var receiver = new RecordingNotifier((_, _) =>
        {
            store!.IsFull = true;
            return Task.FromResult(NotifyResult.Delivered);
        });
        using var harness = await NoticeHarness.StartAsync(receiver);
        store = (MemoryDocumentStore)harness.Store;
        harness.Post(AlertEventKind.Fired);
        await harness.Book.SaveAsync(default);
        for (var i = 0; i < 5; i++) await StepAsync(harness);

        Assert.Single(receiver.Sent);
        Assert.Equal(1, harness.Dispatcher.Delivered);
        Assert.Empty(harness.Dispatcher.Deliveries);
        Assert.Empty(await store.ListAsync(NoticeDocuments.Delivery, default));

        store.IsFull = false;
        await harness.Book.SaveAsync(default);
        Assert.Single(await store.ListAsync(NoticeDocuments.Telling, default));
    }

    [Fact]
    public async Task TakenUp_ArrivesWhileTheDiskIsFull_IsToldTheEndOnceThereIsRoom()
    {
        var isUp = false;
        MemoryDocumentStore? store = null;
        var receiver = new RecordingNotifier((_, _) =>
        {
            store!.IsFull = isUp;
            return Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Refused("404"));
        });
        using var harness = await NoticeHarness.StartAsync(receiver);
        store = (MemoryDocumentStore)harness.Store;
        harness.Post(AlertEventKind.Fired);
        await harness.PassAsync(Wait);
        harness.Post(AlertEventKind.Resolved);
        await harness.PassAsync(Wait);
        isUp = true;
        Assert.True(await harness.Dispatcher.RetryAsync(harness.Dispatcher.Deliveries.Single().Key, default));
        await StepAsync(harness);
        Assert.Empty(await store.ListAsync(NoticeDocuments.Told, default));

        store.IsFull = false;
        await harness.Book.SaveAsync(default);
        Assert.Single(await store.ListAsync(NoticeDocuments.Told, default));
        await StepAsync(harness);
        await harness.Book.SaveAsync(default);
        await StepAsync(harness);
        Assert.Equal(["firing", "firing", "resolved"], receiver.Sent.Select(static d => d.Notices.Single().Kind));
    }

    [Fact]
    public async Task NotFormed_OneGroupAfterTheOther_AllGoOutOnceThereIsRoom()
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        var store = (MemoryDocumentStore)harness.Store;
        foreach (var id in new[] { "a", "b", "c" })
        {
            harness.Post(AlertEventKind.Fired, rule: NoticeHarness.Read(NoticeHarness.Rule.Config with { Id = id, Name = id, Channels = ["ops", "night"] }));
        }

        await harness.Book.SaveAsync(default);
        store.Failure = new IOException("The disk did not answer.");
        await StepAsync(harness);
        Assert.Empty(receiver.Sent);
        Assert.Equal(6, harness.Outbox.Waiting);

        store.Failure = null;
        await StepAsync(harness);
        Assert.Equal(6, receiver.Sent.SelectMany(static d => d.Notices).Select(static n => n.Key).Distinct().Count());
    }

    private static async Task StepAsync(NoticeHarness harness)
    {
        harness.Time.Advance(Wait);
        await harness.Dispatcher.StepAsync(harness.Now, default);
        await harness.Dispatcher.WhenIdleAsync();
    }
}
