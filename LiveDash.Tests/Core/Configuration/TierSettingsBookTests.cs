using System.Text;
using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using LiveDash.Tests.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Configuration;

public sealed class TierSettingsBookTests
{
    private static readonly TierSettings s_some = new() { Tiers = [new TierSetting { Series = "cpu.*", Keep = "raw for 7d" }] };

    [Fact]
    public async Task Save_WhoAskedGivesUpWhileItIsWritten_IsInForceAsItIsOnDisk()
    {
        await using var store = await TempStore.OpenAsync();
        using var asking = new CancellationTokenSource();
        var documents = new GivenUp(asking);
        using var book = new TierSettingsBook(documents, store.Engine, store.Options, NullLogger<TierSettingsBook>.Instance);

        await book.SaveAsync(s_some, asking.Token);

        Assert.True(asking.IsCancellationRequested);
        Assert.NotNull(await documents.Inner.GetAsync("settings", "tiers", default));
        Assert.Single(book.Current.Tiers);
        Assert.Equal(1, store.Engine.Tiers.Count);
    }

    [Fact]
    public async Task Save_WhoAskedGaveUpBefore_ChangesNothing()
    {
        await using var store = await TempStore.OpenAsync();
        var documents = new MemoryDocumentStore();
        using var book = new TierSettingsBook(documents, store.Engine, store.Options, NullLogger<TierSettingsBook>.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => book.SaveAsync(s_some, new CancellationToken(canceled: true)));

        Assert.Null(await documents.GetAsync("settings", "tiers", default));
        Assert.True(store.Engine.Tiers.IsEmpty);
    }

    [Theory]
    [InlineData("{\"tiers\":[null]}")]
    [InlineData("{\"tiers\":[{\"series\":null,\"keep\":null}]}")]
    [InlineData("{")]
    public async Task Load_KeptThatNobodyCanRead_StartsWithoutTiers(string kept)
    {
        await using var store = await TempStore.OpenAsync();
        var documents = new MemoryDocumentStore();
        await documents.ApplyAsync([new DocumentChange("settings", "tiers", Encoding.UTF8.GetBytes(kept))], default);
        using var book = new TierSettingsBook(documents, store.Engine, store.Options, NullLogger<TierSettingsBook>.Instance);

        await book.LoadAsync(default);

        Assert.Empty(book.Current.Tiers);
        Assert.True(store.Engine.Tiers.IsEmpty);
    }

    /// <summary>Who asked gives up once the bytes are on their way, as they do whose connection breaks; the wait for them ends with his token.</summary>
    private sealed class GivenUp(CancellationTokenSource asking) : IDocumentStore
    {
        public MemoryDocumentStore Inner { get; } = new();

        public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) => Inner.GetAsync(kind, id, cancellationToken);

        public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken) => Inner.ListAsync(kind, cancellationToken);

        public async Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
        {
            await Inner.ApplyAsync(changes, cancellationToken);
            await asking.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
