using System.Net;
using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Folders of dashboards for some alone: every page that names dashboards, and every change of one, against everybody who may ask.</summary>
public sealed class GrantTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private readonly AccountsApp _accounts = fixture.Accounts;

    private DashboardBook Book => _accounts.App.Services.GetRequiredService<DashboardBook>();

    private GrantBook Grants => _accounts.App.Services.GetRequiredService<GrantBook>();

    private ShareBook Shares => _accounts.App.Services.GetRequiredService<ShareBook>();

    private SnapshotBook Snapshots => _accounts.App.Services.GetRequiredService<SnapshotBook>();

    private AccountBook Accounts => _accounts.App.Services.GetRequiredService<AccountBook>();

    [Fact]
    public async Task Pages_ThatNameDashboards_NameThoseOfGrantedFoldersAlone()
    {
        await Book.LoadAsync(default);
        var plain = (await Book.AddCopyAsync(new Dashboard { Id = "", Name = "Of everybody" }, default)).Id;
        var hidden = (await Book.AddCopyAsync(new Dashboard { Id = "", Name = "Of the boiler house", Folder = "Boilers" }, default)).Id;
        using var boss = await _accounts.SignedInAsync("boss", AccountRole.Administrator, "10.1.0.1");
        using var inside = await _accounts.SignedInAsync("inside", AccountRole.Viewer, "10.1.0.2");
        using var outside = await _accounts.SignedInAsync("outside", AccountRole.Editor, "10.1.0.3");
        await JoinAsync("inside", "Heat");

        foreach (var (person, sees) in new[] { (boss, true), (inside, true), (outside, true) }) await AssertSeesAsync(person, sees);
        await Grants.PutAsync("Boilers", [new FolderGrant(IsGroup: true, "heat", GrantLevel.View)], default);
        foreach (var (person, sees) in new[] { (boss, true), (inside, true), (outside, false) }) await AssertSeesAsync(person, sees);
        // A group is left, and with it the folder.
        await JoinAsync("inside", "Cold");
        foreach (var (person, sees) in new[] { (boss, true), (inside, false) }) await AssertSeesAsync(person, sees);
        // A share link shows its dashboard to whoever has it, and that one alone.
        var token = await _accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = hidden }, default);
        using var visitor = new Person(_accounts.App, "10.1.0.4");
        (await visitor.PageAsync("/share/" + token)).Dispose();
        Assert.Contains("Of the boiler house", await TextAsync(visitor, "/wall/" + hidden), StringComparison.Ordinal);
        await Grants.PutAsync("Boilers", null, default);

        async Task AssertSeesAsync(Person person, bool sees)
        {
            foreach (var path in new[] { "/dashboards", "/d/" + hidden, "/d/" + plain, "/wall/" + hidden, "/wall/" + plain + "?with=" + hidden, "/" })
            {
                var html = await TextAsync(person, path);
                // A wall draws the first of its dashboards, and a page of one lists a dozen: there it is enough that nobody else sees it.
                var isShown = html.Contains("Of the boiler house", StringComparison.Ordinal);
                Assert.True(path == "/dashboards" || path.EndsWith("/" + hidden, StringComparison.Ordinal) ? sees == isShown : sees || !isShown, path);
            }
        }
    }

    [Theory]
    // Who, what the grant of the folder is (- none, ! the folder is administrators' alone), sees, changes.
    [InlineData(AccountRole.Editor, "-", true, true)]
    [InlineData(AccountRole.Editor, "!", false, false)]
    [InlineData(AccountRole.Editor, "view", true, false)]
    [InlineData(AccountRole.Editor, "edit", true, true)]
    [InlineData(AccountRole.Editor, "group view", true, false)]
    [InlineData(AccountRole.Editor, "group edit", true, true)]
    [InlineData(AccountRole.Editor, "other", false, false)]
    [InlineData(AccountRole.Administrator, "!", true, true)]
    [InlineData(AccountRole.Administrator, "other", true, true)]
    public async Task Changes_OfADashboard_AreTakenWhereAGrantLetsThem(AccountRole role, string grant, bool sees, bool changes)
    {
        await Book.LoadAsync(default);
        var folder = $"Folder {role} {grant}";
        var id = (await Book.AddCopyAsync(new Dashboard { Id = "", Name = "One in " + folder, Folder = folder }, default)).Id;
        var who = new AccountUser { Id = $"id {folder}", Name = folder, Role = role };
        IReadOnlyList<FolderGrant>? grants = grant switch
        {
            "-" => null,
            "!" => [],
            "other" => [new FolderGrant(IsGroup: false, "somebody else", GrantLevel.Edit)],
            "view" or "edit" => [new FolderGrant(IsGroup: false, who.Id, grant == "edit" ? GrantLevel.Edit : GrantLevel.View)],
            _ => [new FolderGrant(IsGroup: true, "Crew", grant == "group edit" ? GrantLevel.Edit : GrantLevel.View)],
        };
        await Grants.PutAsync(folder, grants, default);
        await Accounts.AddAsync(who with { NormalizedName = folder.ToUpperInvariant(), Groups = ["crew"] }, default);
        using var seen = Seen(AccessClaims.Of(who, "session"));

        Assert.Equal(sees, seen.Find(id) is not null);
        Assert.Equal(sees, seen.All.Any(one => one.Id == id));
        Assert.Equal(changes, seen.MayEdit(folder));
        Assert.Equal(changes, await TakesAsync(async () => await seen.UpdateAsync(id, static one => one with { Panels = [] }, default) is not null));
        // Into the folder and out of it, by every way there is.
        var free = (await seen.CreateAsync("Free of " + folder, "", default)).Id;
        Assert.Equal(changes, await TakesAsync(async () => await seen.UpdateAsync(free, one => one with { Folder = folder }, default) is not null));
        Assert.Equal(changes, await TakesAsync(async () => await seen.CreateAsync("New in " + folder, folder, default) is not null));
        Assert.Equal(changes, await TakesAsync(async () => await seen.AddCopyAsync(new Dashboard { Id = "", Name = "Copy", Folder = folder }, default) is not null));
        Assert.Equal(changes, await TakesAsync(async () => await seen.UpdateAsync(id, static one => one with { Folder = "" }, default) is not null));
        if (changes) await Book.UpdateAsync(id, one => one with { Folder = folder }, default);
        Assert.Equal(changes, await TakesAsync(async () =>
        {
            await seen.RemoveAsync(id, default);
            return Book.Find(id) is null;
        }));
    }

    [Fact]
    public async Task Changed_OfGrantsAndOfOnesOwnGroups_IsToldToOpenPagesAtOnce()
    {
        await Book.LoadAsync(default);
        var who = new AccountUser { Id = "id told", Name = "told", NormalizedName = "TOLD" };
        await Accounts.AddAsync(who, default);
        await Accounts.AddAsync(new AccountUser { Id = "id else", Name = "else", NormalizedName = "ELSE" }, default);
        using var seen = Seen(AccessClaims.Of(who, "session"));
        var told = 0;
        seen.Changed += () => told++;

        await Grants.PutAsync("Told", [], default);
        Assert.Equal(1, told);
        await Accounts.UpdateAsync("id told", static user => user with { Groups = ["crew"] }, default);
        Assert.Equal(2, told);
        await Accounts.UpdateAsync("id else", static user => user with { Groups = ["crew"] }, default);
        Assert.Equal(2, told);
        await Grants.PutAsync("Told", null, default);
    }

    [Fact]
    public async Task Remove_OfADashboard_RevokesItsAddressesAndItsIdGoesToNoOtherWhileOneNamesIt()
    {
        await Book.LoadAsync(default);
        var now = fixture.Time.GetUtcNow();
        using var seen = Seen(AccessClaims.Of(new AccountUser { Id = "id boss", Name = "boss of removal", Role = AccountRole.Administrator }, "session"));
        var id = (await seen.CreateAsync("Salaries", "", default)).Id;
        var link = ShareBook.IdOf(await Shares.MakeAsync(new ShareLink { Id = "", Dashboard = id }, default));
        var (token, _) = await Snapshots.MakeAsync(new Snapshot { Id = "", Dashboard = id, MadeAt = now, ExpiresAt = now.AddDays(1) }, [], [], default);

        await seen.RemoveAsync(id, default);
        Assert.Null(Shares.Find(link, now));
        Assert.Null(Snapshots.Find(token, now));
        Assert.Empty(Shares.Of(id));
        Assert.Empty(Snapshots.Of(id));

        // One that was made in the moment of removal, or before addresses went with their dashboard.
        await Shares.MakeAsync(new ShareLink { Id = "", Dashboard = id }, default);
        Assert.NotEqual(id, (await seen.CreateAsync("Salaries", "Removed and made anew", default)).Id);
    }

    [Fact]
    public async Task Refusal_OfAFolderThatMayNotBeSeen_DoesNotNameIt()
    {
        await Book.LoadAsync(default);
        await Grants.PutAsync("Hush", [], default);
        var who = new AccountUser { Id = "id hush", Name = "hush", NormalizedName = "HUSH", Role = AccountRole.Editor };
        using var seen = Seen(AccessClaims.Of(who, "session"));
        await Book.UpdateAsync(HostDashboard.Id, static one => one with { Folder = "Hush" }, default);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => seen.RestoreAutomaticAsync(default));

        Assert.Equal("You may not change what lies in that folder.", refused.Message);
        await Book.RestoreAutomaticAsync(default);
        await Grants.PutAsync("Hush", null, default);
    }

    [Fact]
    public async Task Groups_ThatAProxySays_OpenTheirFolders()
    {
        await Book.LoadAsync(default);
        var id = (await Book.AddCopyAsync(new Dashboard { Id = "", Name = "Behind the proxy", Folder = "Proxied" }, default)).Id;
        await Grants.PutAsync("Proxied", [new FolderGrant(IsGroup: true, "ops", GrantLevel.View), new FolderGrant(IsGroup: false, "proxy:ada", GrantLevel.Edit)], default);

        Assert.NotNull(Seen(AccessClaims.OfProxy("bob", AccountRole.Viewer, ["staff", "OPS"])).Find(id));
        Assert.Null(Seen(AccessClaims.OfProxy("bob", AccountRole.Viewer, ["staff"])).Find(id));
        Assert.True(Seen(AccessClaims.OfProxy("ada", AccountRole.Editor, [])).MayEdit("Proxied"));
        await Grants.PutAsync("Proxied", null, default);
    }

    [Fact]
    public void Components_ThatNameDashboards_ReachThemThroughGrantsAlone() => Assert.DoesNotContain(
        SourceTree.Files(".cs", ".razor"),
        static file => file.Path.StartsWith("LiveDash.Web/", StringComparison.Ordinal) && file.Path != "LiveDash.Web/Security/Access/VisibleDashboards.cs" && file.Text.Contains("DashboardBook", StringComparison.Ordinal));

    private static async Task<bool> TakesAsync(Func<Task<bool>> change)
    {
        try
        {
            return await change();
        }
        catch (InvalidOperationException refused) when (refused.Message.StartsWith("You may not change", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<string> TextAsync(Person person, string path)
    {
        using var answer = await person.PageAsync(path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private VisibleDashboards Seen(ClaimsPrincipal who) => new(Book, Grants, Accounts, Shares, Snapshots, new Visitor(new SecurityState(SecurityMode.Accounts, []), new Signed(who)));

    private Task JoinAsync(string name, string group) => Accounts.UpdateAsync(Accounts.FindByName(name.ToUpperInvariant())!.Id, user => user with { Groups = [group] }, default);

    private sealed class Signed(ClaimsPrincipal who) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(who));
    }
}
