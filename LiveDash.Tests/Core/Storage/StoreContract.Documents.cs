using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task ApplyAsync_PutReplaceAndDelete_AreKeptInOrder()
    {
        await using var store = await OpenAsync();
        await store.Documents.ApplyAsync([new("k", "b", [1]), new("k", "a", [2]), new("other", "a", []), new("k", "b", [3]), new("k", "c", [4])], default);
        await store.Documents.ApplyAsync([new("k", "c", null), new("k", "never", null)], default);

        await store.ReopenAsync();

        var all = await store.Documents.ListAsync("k", default);
        Assert.Equal(["a", "b"], all.Select(static d => d.Id));
        Assert.Equal(new byte[] { 3 }, all[1].Body);
        Assert.Equal(Array.Empty<byte>(), await store.Documents.GetAsync("other", "a", default));
        Assert.Null(await store.Documents.GetAsync("k", "c", default));
    }

    [StoreFact]
    public async Task ListAsync_IdsBeyondTheBasicPlane_AreInOrdinalOrder()
    {
        await using var store = await OpenAsync();
        await store.Documents.ApplyAsync([new("k", "\uFFFD", [1]), new("k", "\U0001F600", [1]), new("k", "é", [1])], default);

        var ids = (await store.Documents.ListAsync("k", default)).Select(static d => d.Id).ToArray();

        Assert.Equal(["é", "\U0001F600", "\uFFFD"], ids);
    }
}
