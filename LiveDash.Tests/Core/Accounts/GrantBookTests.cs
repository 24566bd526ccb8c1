using LiveDash.Core.Accounts;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Accounts;

public sealed class GrantBookTests
{
    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task Change_ByTwoAtOnce_KeepsBoth()
    {
        using var book = new GrantBook(_store);
        var (ops, crew) = (new FolderGrant(IsGroup: true, "ops", GrantLevel.View), new FolderGrant(IsGroup: true, "crew", GrantLevel.Edit));

        await Task.WhenAll(book.ChangeAsync("a", known => [.. known ?? [], ops], default), book.ChangeAsync("a", known => [.. known ?? [], crew], default));

        Assert.Equal(2, book.Of("a")!.Grants.Count);
    }

    [Fact]
    public async Task Level_ByGrants_IsTheBestOfThePersonsAndOfTheirGroups()
    {
        using var book = new GrantBook(_store);
        Assert.Equal(GrantLevel.Edit, book.LevelOf("Plant", null, []));
        await book.PutAsync("Plant", [new FolderGrant(IsGroup: true, "Ops", GrantLevel.View), new FolderGrant(IsGroup: false, "id-eve", GrantLevel.Edit)], default);
        using var again = new GrantBook(_store);
        await again.LoadAsync(default);

        foreach (var one in new[] { book, again })
        {
            Assert.Null(one.LevelOf("Plant", "id-bob", ["berlin"]));
            Assert.Null(one.LevelOf("plant", null, []));
            Assert.Equal(GrantLevel.View, one.LevelOf("PLANT", "id-bob", ["berlin", "ops"]));
            Assert.Equal(GrantLevel.Edit, one.LevelOf("Plant", "id-eve", ["ops"]));
            // A group's name is no person's, and the other way round.
            Assert.Null(one.LevelOf("Plant", "Ops", ["id-eve"]));
            Assert.Equal(GrantLevel.Edit, one.LevelOf("Other", "id-bob", []));
            Assert.Equal(GrantLevel.Edit, one.LevelOf("", "id-bob", []));
        }

        await book.PutAsync("plant", [], default);
        Assert.Null(book.LevelOf("Plant", "id-eve", ["ops"]));
        await book.PutAsync("Plant", null, default);
        Assert.Equal(GrantLevel.Edit, book.LevelOf("Plant", "id-bob", []));
        Assert.Empty(await _store.ListAsync(GrantBook.Kind, default));
    }

    [Fact]
    public async Task Load_OfGrantsThatCannotBeRead_LetsNobodyIn()
    {
        using var book = new GrantBook(_store);
        await book.PutAsync("Plant", [new FolderGrant(IsGroup: true, "ops", GrantLevel.View)], default);
        var kept = Assert.Single(await _store.ListAsync(GrantBook.Kind, default));
        await _store.ApplyAsync([new DocumentChange(GrantBook.Kind, kept.Id, "torn"u8.ToArray())], default);

        using var again = new GrantBook(_store);
        await again.LoadAsync(default);

        Assert.Null(again.LevelOf("Plant", "id-bob", ["ops"]));
    }

    [Fact]
    public async Task Put_WithoutAFolderOrTooMany_IsRefused()
    {
        using var book = new GrantBook(_store);

        await Assert.ThrowsAsync<AccountRuleException>(() => book.PutAsync("", [], default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.PutAsync("a", [.. Enumerable.Range(0, GrantBook.MaxGrants + 1).Select(static i => new FolderGrant(IsGroup: true, $"g{i}", GrantLevel.View))], default));
        for (var i = 0; i < GrantBook.MaxFolders; i++) await book.PutAsync($"f{i}", [], default);
        await Assert.ThrowsAsync<AccountRuleException>(() => book.PutAsync("one more", [], default));
        await book.PutAsync("F0", null, default);
        await book.PutAsync("one more", [], default);
    }
}
