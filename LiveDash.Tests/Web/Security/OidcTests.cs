using System.Net;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>People who sign in by a true OpenID provider, npm's oidc-provider, over its own pages.</summary>
public sealed class OidcTests
{
    private const string Section = "--LiveDash:Security:Oidc:";

    [ClientFact]
    public async Task Provider_SignsPeopleIn_WithTheRolesOfTheirClaims()
    {
        var (port, own) = (Tool.FreePort(), Tool.FreePort());
        await using var provider = Tool.Start("node", [Path.Combine(ClientFactAttribute.Folder, "oidc.mjs"), $"{port}", $"http://127.0.0.1:{own}/signin-oidc"], ClientFactAttribute.Folder);
        await provider.ListensAsync(port);
        await using var accounts = await AccountsApp.StartAsync(settings:
            ["--urls", $"http://127.0.0.1:{own}", Section + $"Authority=http://127.0.0.1:{port}", Section + "ClientId=livedash", Section + "ClientSecret=a-secret-of-the-test", Section + "Name=the works council",
             Section + "Roles:dash-admins=administrator", Section + "Roles:dash-viewers=viewer"]);
        await accounts.AddAsync("ada", AccountRole.Viewer);
        var book = accounts.App.Services.GetRequiredService<AccountBook>();

        // The button, the provider's own pages, and back to where somebody wanted to be.
        using var bert = new Person(accounts.App);
        Assert.Contains("Sign in with the works council", await (await bert.PageAsync("/sign-in?returnUrl=/rules")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/rules", await SignInAsync(accounts, bert, "bert"));
        Assert.Equal(HttpStatusCode.OK, await bert.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.Forbidden, await bert.StatusAsync("/api/audit"));
        var made = book.FindByName("BERT")!;
        Assert.Equal((AccountRole.Viewer, "bert", $"http://127.0.0.1:{port}", "dash-viewers"), (made.Role, made.Subject, made.Issuer, Assert.Single(made.Groups)));
        Assert.Null(made.PasswordHash);

        // Known again by the subject; no second account.
        using var again = new Person(accounts.App);
        Assert.Equal("/rules", await SignInAsync(accounts, again, "bert"));
        Assert.Single(book.All, static user => user.Name == "bert");

        // Nobody of a group that has a role here; and nobody is taken for an account that was here before because the names are the same.
        using var stranger = new Person(accounts.App);
        Assert.Equal("/sign-in?fault=role", await SignInAsync(accounts, stranger, "carl"));
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.StatusAsync("/api/series"));
        Assert.Null(book.FindByName("CARL"));
        using var same = new Person(accounts.App);
        Assert.Equal("/sign-in?fault=name", await SignInAsync(accounts, same, "ada"));
        Assert.Equal(HttpStatusCode.Unauthorized, await same.StatusAsync("/api/series"));
        Assert.Equal(AccountRole.Viewer, book.FindByName("ADA")!.Role);

        // Where a second factor is a must it is the provider's to ask for it; and disabled here is disabled.
        await accounts.App.Services.GetRequiredService<FactorBook>().RequireAsync(AccountRole.Viewer, default);
        Assert.Equal(HttpStatusCode.OK, await bert.StatusAsync("/api/series"));
        await book.UpdateAsync(made.Id, static user => user with { IsDisabled = true }, default);
        Assert.Equal(HttpStatusCode.Unauthorized, await bert.StatusAsync("/api/series"));
        Assert.Equal("/sign-in?fault=disabled", await SignInAsync(accounts, bert, "bert"));
        Assert.Contains(accounts.App.Services.GetRequiredService<AuditLog>().Find(new AuditFilter(Who: "bert"), 100), static entry => entry.Action == "sign-in.oidc");
    }

    [Fact]
    public async Task Callback_WithoutASignInThatWasBegun_LeadsBackAndTellsNothing()
    {
        // The provider is not there at all: signing in by password goes on.
        await using var accounts = await AccountsApp.StartAsync(settings:
            [Section + "Authority=http://127.0.0.1:1", Section + "ClientId=livedash", Section + "ClientSecret=secret", Section + "DefaultRole=viewer"]);
        using var person = new Person(accounts.App);

        using var forged = await person.PageAsync("/signin-oidc?code=stolen&state=forged");
        Assert.Equal("/sign-in?fault=failed", forged.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/api/series"));
        using var told = await person.PageAsync("/sign-in?fault=<b>mine");
        var html = await told.Content.ReadAsStringAsync();
        Assert.Contains("did not work", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>mine", html, StringComparison.Ordinal);
        using var posted = await person.Client.PostAsync(new Uri("/signin-oidc", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("code", "stolen")]));
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/api/series"));
        using var ada = await accounts.SignedInAsync("ada");
    }

    [Theory]
    [InlineData("Authority=http://id.example.org", "Authority")]
    [InlineData("Roles:ops=chief", "Roles:ops")]
    [InlineData("DefaultRole=chief", "DefaultRole")]
    [InlineData("ClientSecret=", "ClientSecret")]
    public async Task Settings_ThatCannotWork_AreNamedAtStart(string setting, string named)
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() => LiveApp.StartAsync(settings:
            ["--LiveDash:Security:Mode=accounts", Section + "Authority=https://id.example.org", Section + "ClientId=livedash", Section + "ClientSecret=secret", Section + "Roles:a=viewer", Section + setting]));

        Assert.Contains(fault.Faults, one => one.Contains("LiveDash:Security:Oidc:" + named, StringComparison.Ordinal));
    }

    // By the pages that the provider shows while nobody has made it others: a name, then a consent.
    private static async Task<string> SignInAsync(AccountsApp accounts, Person person, string name)
    {
        var at = new Uri(accounts.App.Address, "/sign-in/oidc?returnUrl=/rules");
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = person.Cookies, AllowAutoRedirect = false });
        HttpContent? form = null;
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, at) { Content = form };
            using var answer = await client.SendAsync(request);
            form = null;
            var isBack = at.AbsolutePath == "/signin-oidc" && at.Port == accounts.App.Address.Port;
            if (answer.Headers.Location is { } next)
            {
                at = new Uri(at, next);
                if (isBack) return at.PathAndQuery;
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync();
            var prompt = Regex.Match(html, "name=\"prompt\" value=\"(\\w+)\"").Groups[1].Value;
            Assert.True(prompt.Length > 0, $"{at}: {(int)answer.StatusCode} {html}");
            at = new Uri(at, Regex.Match(html, "action=\"([^\"]+)\"").Groups[1].Value);
            form = new FormUrlEncodedContent([KeyValuePair.Create("prompt", prompt), KeyValuePair.Create("login", name), KeyValuePair.Create("password", "any")]);
        }

        throw new InvalidOperationException("It leads nowhere: " + at);
    }
}
