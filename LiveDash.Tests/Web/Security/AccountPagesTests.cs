using System.Net;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

public sealed class AccountPagesTests
{
    [Fact]
    public async Task Password_Changed_NeedsTheOneOfNowAndEndsEveryOtherSession()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var here = await accounts.SignedInAsync("ada");
        using var there = await accounts.SignedInAsync("ada");
        Task<HttpResponseMessage> ChangeAsync(string now, string next) =>
            here.SubmitAsync("/account/password", ("Form.Now", now), ("Form.Password", next), ("Form.Again", next));

        using (var wrong = await ChangeAsync("not this one", "another four words")) Assert.Contains("The password of now is not right.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var weak = await ChangeAsync(Person.Password, "password1234")) Assert.Contains("take a few words", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var changed = await ChangeAsync(Person.Password, "another four words")) Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync("/api/series"));
        using var again = new Person(accounts.App);
        using var old = await again.SignInAsync("ada");
        Assert.Null(old.Headers.Location);
        using var next = await again.SignInAsync("ada", "another four words");
        Assert.NotNull(next.Headers.Location);
    }

    [Fact]
    public async Task Invitation_Used_MakesAnAccountOfItsRoleOnce()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var (path, _) = await accounts.App.Services.GetRequiredService<AccountDesk>().InviteAsync("Grace", AccountRole.Operator, ["ops"], "ada");
        using var person = new Person(accounts.App);

        using var joined = await person.JoinAsync(path["join/".Length..], "grace");

        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        var user = accounts.App.Services.GetRequiredService<AccountBook>().FindByName("GRACE")!;
        Assert.Equal((AccountRole.Operator, "ops"), (user.Role, Assert.Single(user.Groups)));
        using var second = await new Person(accounts.App).PageAsync("/" + path);
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
    }

    [Fact]
    public async Task Invitation_ForANameThatIsTaken_CanBeUsedWithAnother()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("grace", AccountRole.Administrator);
        var (path, _) = await accounts.App.Services.GetRequiredService<AccountDesk>().InviteAsync("", AccountRole.Viewer, [], "ada");
        using var person = new Person(accounts.App);

        using var taken = await person.JoinAsync(path["join/".Length..], "Grace");
        using var free = await person.JoinAsync(path["join/".Length..], "grace2");

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, free.StatusCode);
        Assert.Equal(AccountRole.Administrator, accounts.App.Services.GetRequiredService<AccountBook>().FindByName("GRACE")!.Role);
    }

    [Fact]
    public async Task Reset_Used_SetsThePasswordOpensALockAndEndsEverySession()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var before = await accounts.SignedInAsync("ada");
        var book = accounts.App.Services.GetRequiredService<AccountBook>();
        var user = book.FindByName("ADA")!;
        await book.UpdateAsync(user.Id, static known => known with { LockedUntil = TimeProvider.System.GetUtcNow().AddHours(1), FailedCount = 10 }, default);
        var (path, _) = await accounts.App.Services.GetRequiredService<AccountDesk>().ResetAsync(user, "root");
        using var person = new Person(accounts.App);

        using var done = await person.SubmitAsync("/" + path, ("Form.Name", "somebody else"), ("Form.Password", "another four words"), ("Form.Again", "another four words"));

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.Unauthorized, await before.StatusAsync("/api/series"));
        Assert.Equal("ada", Assert.Single(book.All).Name);
    }

    [Fact]
    public async Task Pages_OfAdministration_AreNotServedToOthers()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var editor = await accounts.SignedInAsync("eve", AccountRole.Editor);
        using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);
        foreach (var page in new[] { "/accounts", "/keys", "/audit" })
        {
            using var refused = await editor.PageAsync(page);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using var served = await owner.PageAsync(page);
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }
    }

    [Fact]
    public async Task Names_ThatAreMarkup_AreShownAsText()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);
        const string Evil = "<img src=x onerror=alert(1)>";
        await accounts.App.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = Evil, Hash = "", Scopes = KeyScope.Ingest }, default);
        await accounts.App.Services.GetRequiredService<AccountDesk>().InviteAsync(Evil, AccountRole.Viewer, [Evil], Evil);
        using var failed = await new Person(accounts.App).SignInAsync(Evil, "wrong password");
        Assert.DoesNotContain(Evil, await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        foreach (var page in new[] { "/keys", "/accounts", "/audit" })
        {
            using var served = await owner.PageAsync(page);
            var html = await served.Content.ReadAsStringAsync();
            Assert.DoesNotContain(Evil, html, StringComparison.Ordinal);
            Assert.Contains("&lt;img src=x", html, StringComparison.Ordinal);
        }
    }
}
