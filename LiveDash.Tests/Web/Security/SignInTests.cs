using System.Net;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Web.Security;

public sealed class SignInTests
{
    [Fact]
    public async Task FirstRun_AddressOfTheLog_MakesTheAdministratorOnceAndNobodyElse()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var token = accounts.FirstToken()!;
        using var owner = new Person(accounts.App);
        using var late = new Person(accounts.App);

        using var weak = await owner.JoinAsync(token, "ada", "password1234");
        Assert.Contains("take a few words", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var joined = await owner.JoinAsync(token, "ada");
        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/series"));
        var user = Assert.Single(accounts.App.Services.GetRequiredService<AccountBook>().All);
        Assert.Equal((AccountRole.Administrator, "ada"), (user.Role, user.Name));

        using var again = await late.PageAsync("/join/" + token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.DoesNotContain("join-password", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstRun_AfterAnHour_IsNoUse()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var accounts = await AccountsApp.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        using var owner = new Person(accounts.App);
        using var soon = await owner.PageAsync("/join/" + accounts.FirstToken());
        Assert.Equal(HttpStatusCode.OK, soon.StatusCode);

        time.Set(FirstRun.Lifetime);

        using var late = await owner.PageAsync("/join/" + accounts.FirstToken());
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [Fact]
    public async Task FirstRun_WithAnAdministrator_PrintsNothing()
    {
        using var data = new TempDirectory();
        await using (var first = await AccountsApp.StartAsync(dataDirectory: data.Path)) await first.AddAsync("ada", AccountRole.Administrator);

        await using var second = await AccountsApp.StartAsync(dataDirectory: data.Path);

        Assert.Null(second.FirstToken());
        using var owner = await second.SignedInAsync("ada");
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task Stranger_Everywhere_IsAskedToSignInAndLedBackToThePlaceAlone()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        using var person = new Person(accounts.App);

        using var page = await person.PageAsync("/rules?find=x");
        Assert.Equal("/sign-in?returnUrl=%2Frules%3Ffind%3Dx", page.Headers.Location!.OriginalString);
        using var api = await person.Client.GetAsync(new Uri("/api/series", UriKind.Relative));
        await ProblemAssert.IsAsync(api, HttpStatusCode.Unauthorized, "sign_in_required");
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/_blazor"));
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync("/no/such/place"));
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/healthz"));
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/app.css"));

        using var signedIn = await person.SignInAsync("ada", path: "/sign-in?returnUrl=%2Frules%3Ffind%3Dx");
        Assert.Equal("/rules?find=x", new Uri(accounts.App.Address, signedIn.Headers.Location!).PathAndQuery);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnAddressOfAnotherSite_LeadsToTheFirstPage(string address)
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        using var person = new Person(accounts.App);

        using var answer = await person.SignInAsync("ada", path: "/sign-in?returnUrl=" + Uri.EscapeDataString(address));

        Assert.Equal(accounts.App.Address, new Uri(accounts.App.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task SignIn_WrongPasswordUnknownNameAndDisabledAccount_GetTheSameAnswerAndNoCookie()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        var gone = await accounts.AddAsync("bob", AccountRole.Viewer);
        await accounts.App.Services.GetRequiredService<AccountBook>().UpdateAsync(gone.Id, static user => user with { IsDisabled = true }, default);
        using var person = new Person(accounts.App);

        foreach (var (name, password) in new[] { ("ada", "wrong password"), ("nobody", Person.Password), ("bob", Person.Password), ("ada", new string('x', 5000)) })
        {
            using var answer = await person.SignInAsync(name, password);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(SignInDesk.Refused, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Null(person.Cookies.GetCookies(accounts.App.Address)["livedash"]);
        }
    }

    [Fact]
    public async Task SignIn_TenWrongPasswordsFromManyAddresses_LocksTheAccountForAWhile()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var ada = await accounts.AddAsync("ada", AccountRole.Viewer);
        for (var i = 0; i < 10; i++)
        {
            using var guesser = new Person(accounts.App, $"10.1.{i}.1");
            using var wrong = await guesser.SignInAsync("ada", "wrong password " + i);
        }

        var book = accounts.App.Services.GetRequiredService<AccountBook>();
        Assert.NotNull(book.Find(ada.Id)!.LockedUntil);
        using var owner = new Person(accounts.App);
        using var right = await owner.SignInAsync("ADA ");
        Assert.Null(right.Headers.Location);
    }

    [Fact]
    public async Task SignIn_ManyTriesFromOneAddress_AreSlowedWhateverTheName()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        using var guesser = new Person(accounts.App, "10.2.0.1");
        var answers = new List<string>();
        for (var i = 0; i < 31; i++)
        {
            using var wrong = await guesser.SignInAsync("name" + i, "wrong password");
            answers.Add(await wrong.Content.ReadAsStringAsync());
        }

        Assert.Contains(SignInDesk.Refused, answers[0], StringComparison.Ordinal);
        Assert.Contains(SignInDesk.TooMany, answers[^1], StringComparison.Ordinal);
        using var elsewhere = await accounts.SignedInAsync("ada", address: "10.2.0.2");
    }

    [Fact]
    public async Task SignIn_WithoutItsAntiforgeryToken_IsRefused()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        using var person = new Person(accounts.App);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("Form.Name", "ada"), KeyValuePair.Create("Form.Password", Person.Password)]);

        using var answer = await person.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(person.Cookies.GetCookies(accounts.App.Address)["livedash"]);
    }

    [Fact]
    public async Task SignOut_OneBrowser_EndsItsSessionThoughTheCookieIsKept()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var here = await accounts.SignedInAsync("ada");
        using var there = await accounts.SignedInAsync("ada");
        var kept = here.Cookies.GetCookies(accounts.App.Address)["livedash"]!.Value;

        using var answer = await here.SignOutAsync();

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var thief = new Person(accounts.App);
        thief.Cookies.Add(accounts.App.Address, new Cookie("livedash", kept));
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync("/api/series"));
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("/api/series"));
        using var everywhere = await there.SignOutAsync(everywhere: true);
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task SignIn_EachTime_IsASessionOfItsOwn()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var person = await accounts.SignedInAsync("ada");
        var before = person.Cookies.GetCookies(accounts.App.Address)["livedash"]!.Value;
        using var second = await accounts.SignedInAsync("ada");
        var after = second.Cookies.GetCookies(accounts.App.Address)["livedash"]!.Value;

        Assert.NotEqual(before, after);
        Assert.Equal(2, accounts.App.Services.GetRequiredService<SessionBook>().Of(accounts.App.Services.GetRequiredService<AccountBook>().FindByName("ADA")!.Id, TimeProvider.System.GetUtcNow()).Count);
    }

    [Theory]
    [InlineData("http", null, "livedash")]
    [InlineData("https", null, "__Host-livedash")]
    [InlineData("https", "/dash", "__Secure-livedash")]
    public async Task Cookie_BySchemeAndPath_IsNamedAsBrowsersGuardItBest(string scheme, string? prefix, string name)
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Viewer);
        using var person = new Person(accounts.App);
        person.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        if (prefix is not null) person.Client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", prefix);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = accounts.App.Address };
        using var page = await SendAsync(client, HttpMethod.Get, null, null);
        var html = await page.Content.ReadAsStringAsync();
        var token = System.Text.RegularExpressions.Regex.Match(html, "__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

        // The form's own cookie too, and under its prefix alone: one without it somebody else has put there.
        var form = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.StartsWith(name[..^"livedash".Length] + ".AspNetCore.Antiforgery.", form, StringComparison.Ordinal);
        if (scheme == "https")
        {
            using var bare = await SendAsync(client, HttpMethod.Post, form[form.IndexOf(".AspNetCore", StringComparison.Ordinal)..], Form());
            Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        }

        // At the root __Secure- is weaker than what was given: another host of the domain may have set it.
        if (name.StartsWith("__Host-", StringComparison.Ordinal))
        {
            using var weaker = await SendAsync(client, HttpMethod.Post, form.Replace("__Host-", "__Secure-", StringComparison.Ordinal), Form());
            Assert.Equal(HttpStatusCode.BadRequest, weaker.StatusCode);
        }

        using var answer = await SendAsync(client, HttpMethod.Post, form, Form());

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith(name + "=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Equal(scheme == "https", cookie.Contains("secure;", StringComparison.Ordinal));
        Assert.Contains($"path={prefix ?? "/"};", cookie, StringComparison.Ordinal);

        FormUrlEncodedContent Form() => new(
            [KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("Form.Name", "ada"), KeyValuePair.Create("Form.Password", Person.Password)]);

        async Task<HttpResponseMessage> SendAsync(HttpClient sender, HttpMethod method, string? cookies, HttpContent? content)
        {
            using var request = new HttpRequestMessage(method, "/sign-in") { Content = content };
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "10.3.0.1");
            if (prefix is not null) request.Headers.Add("X-Forwarded-Prefix", prefix);
            if (cookies is not null) request.Headers.Add("Cookie", cookies);
            if (scheme == "http") request.Headers.Remove("X-Forwarded-For");
            return await sender.SendAsync(request);
        }
    }

    [Fact]
    public async Task Request_ForwardedWithoutTls_IsRefusedBeforeAPasswordCrossesTheNetwork()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var person = new Person(accounts.App, "192.0.2.7");

        using var answer = await person.PageAsync("/sign-in");

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "tls_required");
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/healthz"));
    }

    [Fact]
    public async Task Page_FollowedFromAnotherSite_IsAskedForAgainSoThatTheCookieComes()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var person = new Person(accounts.App);

        using var answer = await person.PageAsync("/rules", ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("http-equiv=\"refresh\" content=\"0\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loopback_WithoutAccounts_AsksNobodyAndHasNoSignIn()
    {
        await using var app = await LiveApp.StartAsync();
        using var person = new Person(app);

        using var page = await person.PageAsync("/sign-in");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("/api/series"));
        Assert.False((await person.PageAsync("/")).Headers.Contains("Set-Cookie") && person.Cookies.GetCookies(app.Address)["livedash"] is not null);
    }

    [Fact]
    public async Task Open_EveryPage_SaysSo()
    {
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Security:Mode=open");

        foreach (var page in new[] { "/", "/rules", "/wall/this-machine" })
        {
            Assert.Contains("Whoever reaches this address may read and change everything", await app.GetAsync(page), StringComparison.Ordinal);
        }
    }
}
