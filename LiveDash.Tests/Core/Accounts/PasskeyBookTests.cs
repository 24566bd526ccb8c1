using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Accounts;

public sealed class PasskeyBookTests
{
    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task Passkeys_AddedUsedAndRemoved_AreKeptAndAreOneAccountsAlone()
    {
        using var book = new PasskeyBook(_store);
        Assert.False(book.IsAny);
        await book.AddAsync(Passkey("ada", 1), default);
        await book.AddAsync(Passkey("eve", 2), default);
        await Assert.ThrowsAsync<AccountRuleException>(() => book.AddAsync(Passkey("eve", 1), default));
        Assert.True(await book.UpdateAsync(IdOf(1), static known => known with { SignCount = 7, UserId = "eve" }, default));

        using var again = new PasskeyBook(_store);
        await again.LoadAsync(default);
        Assert.Equal((7u, "ada"), (again.Find([1])!.SignCount, again.Find([1])!.UserId));
        Assert.False(await again.RemoveAsync("eve", IdOf(1), default));
        Assert.True(await again.RemoveAsync("ada", IdOf(1), default));
        // Used at the moment it is removed, it does not come back.
        Assert.False(await again.UpdateAsync(IdOf(1), static known => known, default));
        Assert.False(again.Has("ada"));
        Assert.True(await again.RemoveAllAsync("eve", default));
        Assert.Empty(await _store.ListAsync(PasskeyBook.Kind, default));
    }

    [Fact]
    public async Task Add_OneMoreThanThereMayBe_IsRefused()
    {
        using var book = new PasskeyBook(_store);
        for (byte i = 0; i < PasskeyBook.MaxPerUser; i++) await book.AddAsync(Passkey("ada", i), default);

        await Assert.ThrowsAsync<AccountRuleException>(() => book.AddAsync(Passkey("ada", 100), default));
        await book.AddAsync(Passkey("eve", 101), default);
        Assert.Equal(PasskeyBook.MaxPerUser, book.Of("ada").Count);
    }

    [Fact]
    public async Task Remove_ThatTheStoreCannotTake_SignsInNobodyAndStaysToBeRemovedAgain()
    {
        using var book = new PasskeyBook(_store);
        await book.AddAsync(Passkey("ada", 1), default);
        _store.Failure = new LiveDash.Core.Storage.StoreUnavailableException("read-only");

        await Assert.ThrowsAsync<LiveDash.Core.Storage.StoreUnavailableException>(() => book.RemoveAsync("ada", IdOf(1), default));
        Assert.Null(book.Find([1]));
        Assert.False(await book.UpdateAsync(IdOf(1), static known => known, default));
        Assert.True(book.Has("ada"));
        _store.Failure = null;
        Assert.True(await book.RemoveAsync("ada", IdOf(1), default));
        Assert.Empty(await _store.ListAsync(PasskeyBook.Kind, default));
    }

    [Fact]
    public async Task Load_OfADocumentThatCannotBeRead_IsAPasskeyOfItsAccountThatSignsInNobody()
    {
        using (var book = new PasskeyBook(_store)) await book.AddAsync(Passkey("ada", 1), default);
        var kept = Assert.Single(await _store.ListAsync(PasskeyBook.Kind, default));
        await _store.ApplyAsync([new LiveDash.Core.Storage.DocumentChange(PasskeyBook.Kind, kept.Id, kept.Body[..^20])], default);

        using var again = new PasskeyBook(_store);
        await again.LoadAsync(default);
        Assert.True(again.Has("ada"));
        Assert.Null(again.Find([1]));
        Assert.True(await again.RemoveAsync("ada", IdOf(1), default));
    }

    private static string IdOf(byte credential) => PasskeyBook.IdOf([credential]);

    private static AccountPasskey Passkey(string userId, byte credential) => new() { Id = IdOf(credential), UserId = userId, CredentialId = [credential], PublicKey = [1, 2, 3] };
}
