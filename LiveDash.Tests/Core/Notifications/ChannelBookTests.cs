using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Notifications;

/// <summary>The channels in force, and people who change them at once.</summary>
public sealed class ChannelBookTests
{
    [Fact]
    public async Task TwoChangeAtOnce_NeitherUndoesTheOther()
    {
        var (isKept, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var store = new MemoryDocumentStore
        {
            Applied = _ =>
            {
                isKept.TrySetResult();
                return goOn.Task;
            },
        };
        var book = new ChannelBook(store, new NotificationOptions());
        var first = book.ChangeAsync(static old => [.. old, Log("a")], default);
        await isKept.Task;
        var second = book.ChangeAsync(static old => [.. old, Log("b")], default);
        goOn.SetResult();

        Assert.Empty(await first);
        Assert.Empty(await second);
        Assert.Equal(["a", "b"], book.Channels.Select(static c => c.Name));
        var again = new ChannelBook(store, new NotificationOptions());
        await again.LoadAsync(default);
        Assert.Equal(["a", "b"], again.Channels.Select(static c => c.Name));
    }

    [Fact]
    public async Task Change_FaultOrFullDisk_ChangesNothingAndLetsTheNextIn()
    {
        var store = new MemoryDocumentStore();
        var book = new ChannelBook(store, new NotificationOptions());
        Assert.NotEmpty(await book.ChangeAsync(static old => [.. old, Log("")], default));
        store.IsFull = true;
        await Assert.ThrowsAsync<StoreFullException>(() => book.ChangeAsync(static old => [.. old, Log("a")], default));
        Assert.Empty(book.Channels);
        store.IsFull = false;
        Assert.Empty(await book.ChangeAsync(static old => [.. old, Log("a")], default));
        Assert.Single(book.Channels);
    }

    private static ChannelConfig Log(string name) => new() { Name = name, Kind = "log" };
}
