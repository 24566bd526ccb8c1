using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;

namespace LiveDash.Tests.Core.Accounts;

public sealed class AccountBooksTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MemoryDocumentStore _store = new();

    [Fact]
    public async Task Users_LastAdministrator_CannotBeTakenAway()
    {
        using var book = new AccountBook(_store);
        await book.AddAsync(Sample("ada", AccountRole.Administrator), default);
        await book.AddAsync(Sample("bob", AccountRole.Viewer), default);

        await Assert.ThrowsAsync<AccountRuleException>(() => book.RemoveAsync("ada", default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.UpdateAsync("ada", static user => user with { Role = AccountRole.Editor }, default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.UpdateAsync("ada", static user => user with { IsDisabled = true }, default));
        await book.UpdateAsync("bob", static user => user with { Role = AccountRole.Administrator }, default);
        await book.RemoveAsync("ada", default);

        Assert.Equal("bob", Assert.Single(book.All).Id);
    }

    [Fact]
    public async Task Users_TwoOfOneName_AreRefusedAlsoByRenaming()
    {
        using var book = new AccountBook(_store);
        await book.AddAsync(Sample("ada"), default);
        await book.AddAsync(Sample("bob"), default);

        await Assert.ThrowsAsync<AccountRuleException>(() => book.AddAsync(Sample("ada") with { Id = "other" }, default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.UpdateAsync("bob", static user => user with { NormalizedName = "ADA" }, default));
    }

    [Fact]
    public async Task Users_NameThatIsAnothersMailOrTheOtherWayRound_IsRefused()
    {
        using var book = new AccountBook(_store);
        await book.AddAsync(Sample("ada") with { Email = "ada@example.org" }, default);
        await book.AddAsync(Sample("bob@example.org"), default);

        await Assert.ThrowsAsync<AccountRuleException>(() => book.AddAsync(Sample("Ada@example.org"), default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.UpdateAsync("ada", static user => user with { Email = "BOB@example.org" }, default));
        // One's own name may be one's own address.
        Assert.True(await book.UpdateAsync("bob@example.org", static user => user with { Email = "bob@example.org" }, default));
    }

    [Fact]
    public async Task Users_OlderCopyGivenBack_IsRefusedAndTheNewerStays()
    {
        using var book = new AccountBook(_store);
        await book.AddAsync(Sample("ada"), default);
        var (first, second) = (book.Find("ada")!, book.Find("ada")!);
        first.FailedCount = 1;
        second.FailedCount = 7;

        Assert.True(await book.ReplaceAsync(first, default));
        Assert.False(await book.ReplaceAsync(second, default));
        Assert.Equal(1, book.Find("ada")!.FailedCount);
    }

    [Fact]
    public async Task Users_Kept_AreTheSameAfterARestart()
    {
        using (var book = new AccountBook(_store)) await book.AddAsync(Sample("ada", AccountRole.Editor) with { Groups = ["ops"], LockedUntil = s_now }, default);
        using var again = new AccountBook(_store);
        await again.LoadAsync(default);

        var user = Assert.Single(again.All);

        Assert.Equal((AccountRole.Editor, "ops", s_now), (user.Role, Assert.Single(user.Groups), user.LockedUntil));
    }

    [Fact]
    public async Task Sessions_UnusedTooLongOrOfAnotherStamp_HaveEnded()
    {
        using var users = new AccountBook(_store);
        await users.AddAsync(Sample("ada"), default);
        var sessions = new SessionBook(_store, users, new FactorBook(_store));
        var idle = await BeginAsync(sessions, users);
        Assert.NotNull(sessions.Acting(idle.Id, s_now + SessionBook.Idle - TimeSpan.FromSeconds(1)));
        Assert.Null(sessions.Acting(idle.Id, s_now + SessionBook.Idle));
        // Used again and again, it still ends.
        for (var day = 1; day < 30; day++) await sessions.UseAsync(sessions.Acting(idle.Id, s_now.AddDays(day))!.Value.Session, s_now.AddDays(day), default);
        Assert.NotNull(sessions.Acting(idle.Id, s_now.AddDays(29.9)));
        Assert.Null(sessions.Acting(idle.Id, s_now + SessionBook.Longest));

        var fresh = await BeginAsync(sessions, users);
        await users.UpdateAsync("ada", static user => user with { SecurityStamp = "another" }, default);
        Assert.Null(sessions.Acting(fresh.Id, s_now));
    }

    [Fact]
    public async Task Sessions_OneTooMany_EndsTheOneUnusedForLongest()
    {
        using var users = new AccountBook(_store);
        await users.AddAsync(Sample("ada"), default);
        var sessions = new SessionBook(_store, users, new FactorBook(_store));
        var first = await BeginAsync(sessions, users);
        var ended = new List<string>();
        sessions.Ended += ended.Add;
        for (var i = 1; i <= SessionBook.MaxPerUser; i++) await sessions.BeginAsync(users.Find("ada")!, "password", "", "", s_now.AddSeconds(i), default);

        Assert.Equal(first.Id, Assert.Single(ended));
        Assert.Equal(SessionBook.MaxPerUser, sessions.Of("ada", s_now).Count);
        Assert.Equal(SessionBook.MaxPerUser, (await _store.ListAsync(SessionBook.Kind, default)).Count);
    }

    [Fact]
    public async Task Sessions_EndedOnAFullDisk_HaveEndedAllTheSame()
    {
        using var users = new AccountBook(_store);
        await users.AddAsync(Sample("ada"), default);
        var sessions = new SessionBook(_store, users, new FactorBook(_store));
        var session = await BeginAsync(sessions, users);
        _store.Failure = new LiveDash.Core.Storage.StoreUnavailableException("read-only");

        await Assert.ThrowsAsync<LiveDash.Core.Storage.StoreUnavailableException>(() => sessions.EndAsync(static _ => true, default));

        Assert.Null(sessions.Acting(session.Id, s_now));
    }

    [Fact]
    public async Task Values_OutsideTheirLists_AreTakenByNoBook()
    {
        using var users = new AccountBook(_store);
        await users.AddAsync(Sample("ada", AccountRole.Administrator), default);
        const AccountRole None = (AccountRole)99;

        await Assert.ThrowsAsync<AccountRuleException>(() => users.UpdateAsync("ada", static user => user with { Role = None }, default));
        await Assert.ThrowsAsync<AccountRuleException>(() => users.AddAsync(Sample("eve", None), default));
        await Assert.ThrowsAsync<AccountRuleException>(() => new TicketBook(_store).MakeAsync(static id => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = s_now.AddDays(1), Role = None }, s_now, default));
        await Assert.ThrowsAsync<AccountRuleException>(() => new FactorBook(_store).RequireAsync(None, default));
        using var grants = new GrantBook(_store);
        await Assert.ThrowsAsync<AccountRuleException>(() => grants.PutAsync("Plant", [new FolderGrant(IsGroup: true, "ops", (GrantLevel)7)], default));

        Assert.Equal(AccountRole.Administrator, Assert.Single(users.All).Role);
        Assert.False(grants.IsAny);
    }

    [Fact]
    public async Task Texts_TooLong_AreRefusedInASentenceAndCutByNoBook()
    {
        var text = new string('x', 200_000);

        var share = await Assert.ThrowsAsync<AccountRuleException>(() => new ShareBook(_store).MakeAsync(new ShareLink { Id = "", Dashboard = "d", Name = text }, default));
        Assert.Equal("A share link's name has at most 60 characters.", share.Message);
        Assert.Equal("A pattern of series has at most 1000 characters.", KeyBook.Fault(new ApiKey { Id = "", Name = "k", Hash = "", Scopes = KeyScope.Ingest, Series = [text] }));
        Assert.Contains("60 characters", KeyBook.Fault(new ApiKey { Id = "", Name = text, Hash = "", Scopes = KeyScope.Ingest }), StringComparison.Ordinal);
        Assert.Contains("60 characters", Assert.Throws<AccountRuleException>(() => AccountDesk.Groups("ops, " + new string('x', 61))).Message, StringComparison.Ordinal);
        foreach (var many in new[] { text, string.Join(',', Enumerable.Range(0, AccountBook.MaxGroups + 1)) }) Assert.Contains("at most 50 groups", Assert.Throws<AccountRuleException>(() => AccountDesk.Groups(many)).Message, StringComparison.Ordinal);
        using var users = new AccountBook(_store);
        foreach (var name in new[] { text, "", "a\nb", new string('x', AccountBook.MaxName + 1) }) Assert.Equal("A name has 1 to 100 characters, and no control characters.", (await Assert.ThrowsAsync<AccountRuleException>(() => users.AddAsync(Sample(name, AccountRole.Viewer), default))).Message);
        Assert.Empty(users.All);
        Assert.Equal(["ops", "berlin"], AccountDesk.Groups(" ops, berlin,OPS,"));
        Assert.Empty(await _store.ListAsync(ShareBook.Kind, default));
    }

    [Fact]
    public async Task Tickets_TakenByTwoAtOnce_AreTakenOnceAndKeptWithoutTheirToken()
    {
        var tickets = new TicketBook(_store);
        var token = await tickets.MakeAsync(static id => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = s_now.AddDays(1) }, s_now, default);
        var ticket = tickets.Find(token, s_now)!;
        var kept = System.Text.Encoding.UTF8.GetString(Assert.Single(await _store.ListAsync(TicketBook.Kind, default)).Body);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => tickets.TryTake(ticket))));

        Assert.Single(taken, static one => one);
        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
        Assert.Null(tickets.Find(token, s_now));
    }

    private static AccountUser Sample(string name, AccountRole role = AccountRole.Viewer) =>
        new() { Id = name, Name = name, NormalizedName = name.ToUpperInvariant(), Role = role, SecurityStamp = "stamp" };

    private static Task<AccountSession> BeginAsync(SessionBook sessions, AccountBook users) => sessions.BeginAsync(users.Find("ada")!, "password", "127.0.0.1", "test", s_now, default);
}
