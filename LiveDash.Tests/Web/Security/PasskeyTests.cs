using System.Net;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Passkeys as far as they need no browser: where there are none, what a role's must makes of them, what is asked once.</summary>
public sealed class PasskeyTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private readonly AccountsApp _accounts = fixture.Accounts;

    private AccountBook Book => _accounts.App.Services.GetRequiredService<AccountBook>();

    private PasskeyBook Passkeys => _accounts.App.Services.GetRequiredService<PasskeyBook>();

    [Theory]
    [InlineData("http", "127.0.0.1", 5000, "Passkeys belong to a host name, and browsers take none for 127.0.0.1: open http://localhost:5000/ instead.")]
    [InlineData("https", "10.0.0.7", null, "Passkeys belong to a host name, and browsers take none for 10.0.0.7: open this server by its name instead.")]
    [InlineData("https", "[::1]", 5443, "Passkeys belong to a host name, and browsers take none for [::1]: open https://localhost:5443/ instead.")]
    [InlineData("http", "dash.example.org", null, "Passkeys need TLS: open https://dash.example.org/ instead.")]
    [InlineData("http", "localhost", 5000, null)]
    [InlineData("https", "dash.example.org", null, null)]
    public void Place_ByAddress_IsRefusedInASentence(string scheme, string host, int? port, string? sentence)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, port is { } given ? new HostString(host, given) : new HostString(host));

        Assert.Equal(sentence, PasskeyPlace.Fault(request));
    }

    [Fact]
    public async Task Passkeys_OnTheLoopbacksNumbers_AreRefusedInASentence()
    {
        using var person = await _accounts.SignedInAsync("anna", address: "10.1.0.1");

        Assert.Contains("browsers take none for 127.0.0.1", await (await person.PageAsync("/account/passkeys")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var path in new[] { "/sign-in/passkey", "/account/passkey" })
        {
            using var answer = await person.Client.PostAsync(new Uri(path, UriKind.Relative), null);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "no_passkey");
        }
    }

    [Fact]
    public async Task Required_OfARole_AsksForThePasskeyAndSetsUpNothingElseByAPasswordAlone()
    {
        using var here = await _accounts.SignedInAsync("bert", AccountRole.Editor, "10.2.0.1");
        var bert = Book.FindByName("BERT")!;
        await Passkeys.AddAsync(new AccountPasskey { Id = PasskeyBook.IdOf([2]), UserId = bert.Id, CredentialId = [2], PublicKey = [] }, default);
        await _accounts.App.Services.GetRequiredService<FactorBook>().RequireAsync(AccountRole.Editor, default);

        // What was begun with the password alone has ended.
        Assert.Equal(HttpStatusCode.Unauthorized, await here.StatusAsync("/api/series"));
        using var again = new Person(_accounts.App, "10.2.0.2");
        using var half = await again.SignInAsync("bert");
        Assert.NotNull(half.Headers.Location);
        var html = await (await again.PageAsync("/sign-in/second-factor")).Content.ReadAsStringAsync();
        Assert.Contains("Use a passkey", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Form.Code", html, StringComparison.Ordinal);
        Assert.Null(_accounts.App.Services.GetRequiredService<FactorBook>().Find(bert.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await again.StatusAsync("/api/series"));

        // Sessions by a passkey, alone or behind the password, last.
        var sessions = _accounts.App.Services.GetRequiredService<SessionBook>();
        foreach (var (method, lasts) in new[] { ("password", false), (AccountSession.ByPasskey, true), (AccountSession.WithPasskey("password"), true), ("oidc", true) })
        {
            var session = await sessions.BeginAsync(Book.Find(bert.Id)!, method, "", "", fixture.Time.GetUtcNow(), default);
            Assert.Equal(lasts, sessions.Acting(session.Id, fixture.Time.GetUtcNow()) is not null);
        }

        // A lost device: an administrator takes it off.
        await _accounts.App.Services.GetRequiredService<AccountDesk>().TakeOffFactorAsync(Book.Find(bert.Id)!);
        Assert.False(Passkeys.Has(bert.Id));
        await _accounts.App.Services.GetRequiredService<FactorBook>().RequireAsync(null, default);
    }

    [Fact]
    public async Task Person_WithAPasskeyAndNoApp_ChangesAFactorByASignInWithItAlone()
    {
        using var here = await _accounts.SignedInAsync("cora", AccountRole.Editor, "10.4.0.1");
        var cora = Book.FindByName("CORA")!;
        await Passkeys.AddAsync(new AccountPasskey { Id = PasskeyBook.IdOf([3]), UserId = cora.Id, CredentialId = [3], PublicKey = [] }, default);

        // By the password alone: neither another mail, nor an app, nor without the passkey.
        foreach (var path in new[] { "/account/mail", "/account/second-factor", "/account/passkeys" })
        {
            using var refused = await here.SubmitAsync(path, ("Form.Mail", "thief@example.org"), ("Form.Password", Person.Password), ("Form.Code", "000000"), ("Form.Remove", PasskeyBook.IdOf([3])));
            Assert.Contains(SecondFactorDesk.NeedsPasskey, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Null(Book.FindByName("CORA")!.Email);
        Assert.True(Passkeys.Has(cora.Id));

        using var scope = _accounts.App.Services.CreateScope();
        var desk = scope.ServiceProvider.GetRequiredService<SecondFactorDesk>();
        foreach (var (method, fault) in new[] { ("password", SecondFactorDesk.NeedsPasskey), (AccountSession.ByPasskey, (string?)null), (AccountSession.WithPasskey("password"), (string?)null) })
        {
            Assert.Equal(fault, await desk.PersonFaultAsync(await InAsync(scope, cora.Id, method), Book.Find(cora.Id)!, Person.Password, ""));
        }

        var lately = await InAsync(scope, cora.Id, AccountSession.ByPasskey);
        fixture.Time.Set(SecondFactorDesk.Patience);
        Assert.Equal(SecondFactorDesk.NeedsPasskey, await desk.PersonFaultAsync(lately, Book.Find(cora.Id)!, Person.Password, ""));
        fixture.Time.Set(TimeSpan.FromMinutes(2));

        // The last one of a role that needs one stays.
        var factors = _accounts.App.Services.GetRequiredService<FactorBook>();
        await factors.RequireAsync(AccountRole.Editor, default);
        var kept = await scope.ServiceProvider.GetRequiredService<PasskeyDesk>().RemoveAsync(await InAsync(scope, cora.Id, AccountSession.ByPasskey), Book.Find(cora.Id)!, PasskeyBook.IdOf([3]), Person.Password, "");
        await factors.RequireAsync(null, default);
        Assert.Contains("the only one", kept, StringComparison.Ordinal);
        Assert.True(Passkeys.Has(cora.Id));
    }

    [Fact]
    public async Task Removed_OfSeveral_BeginsASessionByPasswordAndEndsEveryOther()
    {
        await _accounts.AddAsync("dora", AccountRole.Viewer);
        var dora = Book.FindByName("DORA")!;
        foreach (byte i in new byte[] { 11, 12 }) await Passkeys.AddAsync(new AccountPasskey { Id = PasskeyBook.IdOf([i]), UserId = dora.Id, CredentialId = [i], PublicKey = [] }, default);
        var sessions = _accounts.App.Services.GetRequiredService<SessionBook>();
        using var scope = _accounts.App.Services.CreateScope();
        var context = await InAsync(scope, dora.Id, AccountSession.ByPasskey);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var before = Assert.Single(sessions.Of(dora.Id, fixture.Time.GetUtcNow()));

        Assert.Null(await scope.ServiceProvider.GetRequiredService<PasskeyDesk>().RemoveAsync(context, dora, PasskeyBook.IdOf([11]), Person.Password, ""));

        var after = Assert.Single(sessions.Of(dora.Id, fixture.Time.GetUtcNow()));
        Assert.NotEqual(before.Id, after.Id);
        // It may have begun with the one that is gone: what it is known by is the password.
        Assert.Equal(("password", false), (after.Method, after.BeganByPasskey));
        Assert.Equal([12], Assert.Single(Passkeys.Of(dora.Id)).CredentialId);
    }

    [Fact]
    public async Task Renamed_ByItsOwner_HasTheNameAndByNobodyElse()
    {
        using var here = await _accounts.SignedInAsync("emil", address: "10.6.0.1");
        var (emil, cora) = (Book.FindByName("EMIL")!, await _accounts.AddAsync("cosima", AccountRole.Viewer));
        await Passkeys.AddAsync(new AccountPasskey { Id = PasskeyBook.IdOf([21]), UserId = emil.Id, Name = "old", CredentialId = [21], PublicKey = [7] }, default);
        await Passkeys.AddAsync(new AccountPasskey { Id = PasskeyBook.IdOf([22]), UserId = cora.Id, Name = "hers", CredentialId = [22], PublicKey = [] }, default);

        foreach (var (id, name, said) in new[] { (PasskeyBook.IdOf([21]), "", "1 to 60 characters"), (PasskeyBook.IdOf([21]), new string('x', 61), "1 to 60 characters"), (PasskeyBook.IdOf([22]), "mine", "no such passkey") })
        {
            using var refused = await RenameAsync(here, id, name);
            Assert.Contains(said, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var renamed = await RenameAsync(here, PasskeyBook.IdOf([21]), " <b>this laptop</b> ");
        Assert.EndsWith("/account/passkeys", renamed.Headers.Location?.ToString(), StringComparison.Ordinal);
        var kept = Assert.Single(Passkeys.Of(emil.Id));
        Assert.Equal(("<b>this laptop</b>", 7), (kept.Name, kept.PublicKey[0]));
        Assert.Equal("hers", Assert.Single(Passkeys.Of(cora.Id)).Name);
        var html = await (await here.PageAsync("/account/passkeys")).Content.ReadAsStringAsync();
        Assert.Contains("&lt;b&gt;this laptop&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>this", html, StringComparison.Ordinal);
        // Nothing that is open has ended by it.
        Assert.Equal(System.Net.HttpStatusCode.OK, await here.StatusAsync("/api/series"));
    }

    [Fact]
    public void Method_OfASessionThatGoesOnAfterThePassword_HasItsFactorsAndIsNoFreshSignInByAPasskey()
    {
        foreach (var (method, after) in new[] { ("password", "password"), ("oidc", "oidc"), (AccountSession.ByPasskey, "renewed+passkey"), (AccountSession.WithPasskey("password"), "renewed+passkey"), ("renewed+passkey", "renewed+passkey") })
        {
            var before = new AccountSession { Id = "s", UserId = "u", Stamp = "", BeganAt = default, SeenAt = default, Method = method };
            var session = before with { Method = before.MethodAfterPassword };
            Assert.Equal((after, before.HasOwnFactors, false), (session.Method, session.HasOwnFactors, session.BeganByPasskey));
        }
    }

    [Fact]
    public async Task Answer_ThatIsNone_IsRefusedAndCounted()
    {
        using var person = new Person(_accounts.App, "10.3.0.1");
        var audit = _accounts.App.Services.GetRequiredService<LiveDash.Core.Accounts.Audit.AuditLog>();
        var before = audit.FailedLogins;

        using var answer = await person.SubmitAsync("/sign-in", ("Form.Passkey", """{"id":"AQ","rawId":"AQ","type":"public-key","response":{}}"""));

        Assert.Contains("not known here", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before + 1, audit.FailedLogins);
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/api/series"));
    }

    [Fact]
    public void Ceremony_Begun_IsTakenOnceByWhoseItIsAndInTime()
    {
        var time = new ManualTime();
        var ceremonies = new PasskeyCeremonies(time);

        var cookie = Begin(ceremonies, "ada");
        Assert.Null(ceremonies.Take(With(cookie), null));
        Assert.Null(ceremonies.Take(With(cookie), "ada"));
        cookie = Begin(ceremonies, "ada");
        Assert.Equal("state", ceremonies.Take(With(cookie), "ada"));
        Assert.Null(ceremonies.Take(With(cookie), "ada"));
        Assert.Null(ceremonies.Take(new DefaultHttpContext(), "ada"));
        cookie = Begin(ceremonies, null);
        time.Advance(PasskeyCeremonies.Patience);
        Assert.Null(ceremonies.Take(With(cookie), null));
        // One an account.
        cookie = Begin(ceremonies, "ada");
        var newer = Begin(ceremonies, "ada");
        Assert.Null(ceremonies.Take(With(cookie), "ada"));
        Assert.Equal("state", ceremonies.Take(With(newer), "ada"));
        // Whoever asks and asks makes the oldest forgotten, and no more memory used.
        cookie = Begin(ceremonies, null);
        var last = "";
        for (var i = 0; i < PasskeyCeremonies.MaxWaiting; i++) last = Begin(ceremonies, null);
        Assert.Null(ceremonies.Take(With(cookie), null));
        Assert.Equal("state", ceremonies.Take(With(last), null));
    }

    // The page has two forms: this is the second one.
    private static async Task<HttpResponseMessage> RenameAsync(Person person, string id, string name)
    {
        var html = await (await person.PageAsync("/account/passkeys")).Content.ReadAsStringAsync();
        var fields = System.Text.RegularExpressions.Regex.Matches(html[html.IndexOf("<h2>Rename</h2>", StringComparison.Ordinal)..], "name=\"(__RequestVerificationToken|_handler)\" value=\"([^\"]*)\"").Select(static match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value))).ToDictionary();
        var before = html[..html.IndexOf("<h2>Rename</h2>", StringComparison.Ordinal)];
        fields.TryAdd("__RequestVerificationToken", System.Text.RegularExpressions.Regex.Match(before, "name=\"__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value);
        fields["_handler"] = "passkey-name";
        using var content = new FormUrlEncodedContent([.. fields, KeyValuePair.Create("Rename.Id", id), KeyValuePair.Create("Rename.Name", name)]);
        return await person.Client.PostAsync(new Uri("/account/passkeys", UriKind.Relative), content);
    }

    private async Task<HttpContext> InAsync(IServiceScope scope, string userId, string method)
    {
        var user = Book.Find(userId)!;
        var session = await _accounts.App.Services.GetRequiredService<SessionBook>().BeginAsync(user, method, "", "", fixture.Time.GetUtcNow(), default);
        return new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = LiveDash.Web.Security.AccessClaims.Of(user, session.Id) };
    }

    private static string Begin(PasskeyCeremonies ceremonies, string? userId)
    {
        var context = new DefaultHttpContext();
        ceremonies.Begin(context, userId, "state");
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    private static DefaultHttpContext With(string cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;
        return context;
    }
}
