using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Accounts;

public sealed class FactorBookTests
{
    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task Step_UsedOnce_IsTakenOnceHoweverManyAskAndNoneBefore()
    {
        using var book = new FactorBook(_store);
        await book.BeginAsync("ada", "KEY", DateTimeOffset.UnixEpoch, default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => book.TryUseStepAsync("ada", 100, default))));

        Assert.Single(taken, static one => one);
        Assert.False(await book.TryUseStepAsync("ada", 99, default));
        Assert.True(await book.TryUseStepAsync("ada", 101, default));
        Assert.False(await book.TryUseStepAsync("nobody", 101, default));
        using var again = new FactorBook(_store);
        await again.LoadAsync(default);
        Assert.False(await again.TryUseStepAsync("ada", 101, default));
    }

    [Fact]
    public async Task RecoveryCode_Redeemed_IsGoodOnceInAnyWayOfWritingAndKeptAsAHash()
    {
        using var book = new FactorBook(_store);
        await book.BeginAsync("ada", "KEY", DateTimeOffset.UnixEpoch, default);
        await book.ReplaceCodesAsync("ada", ["ABCDE-FGHJK", "LMNPQ-RSTUV"], default);

        Assert.False(await book.TryRedeemAsync("ada", "ABCDE-FGHJX", default));
        Assert.True(await book.TryRedeemAsync("ada", " abcde fghjk ", default));
        Assert.False(await book.TryRedeemAsync("ada", "ABCDE-FGHJK", default));
        Assert.Single(book.Find("ada")!.RecoveryHashes);
        var kept = System.Text.Encoding.UTF8.GetString(Assert.Single(await _store.ListAsync(FactorBook.Kind, default)).Body);
        Assert.DoesNotContain("LMNPQ", kept, StringComparison.Ordinal);
        await book.ReplaceCodesAsync("ada", ["WXYZ2-34567"], default);
        Assert.False(await book.TryRedeemAsync("ada", "LMNPQ-RSTUV", default));
    }

    [Fact]
    public async Task Required_FromARole_NamesWhoHasNoneAndEndsTheirSessionsAlone()
    {
        using var users = new AccountBook(_store);
        using var book = new FactorBook(_store);
        var sessions = new SessionBook(_store, users, book);
        var now = DateTimeOffset.UnixEpoch.AddYears(60);
        var ids = new List<string>();
        foreach (var (name, role) in new[] { ("ada", AccountRole.Administrator), ("eve", AccountRole.Editor), ("vic", AccountRole.Viewer) })
        {
            await users.AddAsync(new AccountUser { Id = name, Name = name, NormalizedName = name, Role = role, SecurityStamp = "s" }, default);
            ids.Add((await sessions.BeginAsync(users.Find(name)!, "password", "", "", now, default)).Id);
        }

        await book.BeginAsync("ada", "KEY", DateTimeOffset.UnixEpoch, default);
        await book.ConfirmAsync("ada", default);
        await book.RequireAsync(AccountRole.Editor, default);

        Assert.Equal([true, false, true], ids.Select(id => sessions.Acting(id, now) is not null));
        Assert.True(book.IsMissing(users.Find("eve")!));
        // Another role, and it is needed there too.
        await users.UpdateAsync("vic", static known => known with { Role = AccountRole.Editor }, default);
        Assert.Null(sessions.Acting(ids[2], now));
        await book.RequireAsync(null, default);
        Assert.NotNull(sessions.Acting(ids[1], now));
    }
}
