using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>With no space left at all, notices leave out of memory; they stayed until somebody had made room.</summary>
public sealed class NoticesOnAFullDiskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fired_StoreTakesNothing_IsToldAllTheSameAndOnce(bool isFull)
    {
        var receiver = new RecordingNotifier();
        using var harness = await NoticeHarness.StartAsync(receiver);
        var store = (MemoryDocumentStore)harness.Store;
        store.Failure = isFull ? new StoreFullException("The disk is full.") : new StoreUnavailableException("The directory is gone.");
        harness.Post(AlertEventKind.Fired);
        await StepAsync(harness);
        Assert.Equal("firing", Assert.Single(receiver.Sent).Notices.Single().Kind);

        harness.Post(AlertEventKind.Resolved);
        await StepAsync(harness);
        Assert.Equal(["firing", "resolved"], receiver.Sent.Select(static d => d.Notices.Single().Kind));

        store.Failure = null;
        await StepAsync(harness);
        Assert.Equal(2, receiver.Sent.Count);
        Assert.Empty(await store.ListAsync(NoticeDocuments.Notice, default));
        Assert.Empty(await store.ListAsync(NoticeDocuments.Delivery, default));
        using var next = await NoticeHarness.StartAsync(receiver, store, harness.Time);
        await StepAsync(next);
        Assert.Equal(2, receiver.Sent.Count);
    }

    [Fact]
    public async Task Fired_ReceiverAwayWhileStoreTakesNothing_IsKeptOnceItDoes()
    {
        var isUp = false;
        var receiver = new RecordingNotifier((_, _) => Task.FromResult(isUp ? NotifyResult.Delivered : NotifyResult.Retry("503")));
        using var harness = await NoticeHarness.StartAsync(receiver);
        var store = (MemoryDocumentStore)harness.Store;
        store.Failure = new StoreFullException("The disk is full.");
        harness.Post(AlertEventKind.Fired);
        await StepAsync(harness);
        store.Failure = null;
        await harness.Book.SaveAsync(default);
        Assert.Single(await store.ListAsync(NoticeDocuments.Delivery, default));

        // As after a crash: what was never delivered is told by the next process.
        isUp = true;
        using var next = await NoticeHarness.StartAsync(receiver, store, harness.Time);
        for (var i = 0; i < 3; i++) await StepAsync(next);
        Assert.Single(receiver.Sent.Select(static d => d.Key).Distinct());
        Assert.Equal(1, next.Dispatcher.Delivered);
    }

    [Fact]
    public async Task ApplyOwedAsync_FullDisk_GivesUpTheReserveAndNotTheBallast()
    {
        var isFull = false;
        var directory = "";
        await using var store = await TempStore.OpenAsync(options =>
        {
            (options.ReserveBytes, options.BallastBytes, directory) = (1 << 20, 1 << 20, options.DataDirectory);
            // As a disk without a free block answers, until the reserve is gone.
            options.BeforeCommit = () =>
            {
                if (isFull && File.Exists(Path.Combine(directory, "reserve"))) throw new SqliteFailure(13, "database or disk is full");
            };
        });
        isFull = true;
        await Assert.ThrowsAsync<StoreFullException>(() => store.Documents.ApplyAsync([new("dashboard", "a", [1])], default));
        Assert.True(File.Exists(Path.Combine(directory, "reserve")));

        await store.Documents.ApplyOwedAsync([new("notice", "a", [1])], default);

        Assert.Single(await store.Documents.ListAsync("notice", default));
        Assert.True(File.Exists(Path.Combine(directory, "ballast")));
        isFull = false;
        for (var i = 0; i < 2; i++) await store.StepAsync(new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero));
        Assert.True(File.Exists(Path.Combine(directory, "reserve")));
    }

    // As the keeper's loop does it: a save that fails is no end.
    private static async Task StepAsync(NoticeHarness harness)
    {
        for (var i = 0; i < 2; i++)
        {
            try
            {
                await harness.Book.SaveAsync(default);
            }
            catch (IOException)
            {
                // Tried again with the next step.
            }

            harness.Time.Advance(TimeSpan.FromSeconds(6));
            await harness.Dispatcher.StepAsync(harness.Now, default);
            await harness.Dispatcher.WhenIdleAsync();
        }
    }
}
