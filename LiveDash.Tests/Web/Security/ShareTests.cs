using System.Net;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Share links; one app for all, on which each test has dashboards of its own.</summary>
public sealed class ShareTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private readonly AccountsApp _accounts = fixture.Accounts;

    [Fact]
    public async Task Link_Opened_ShowsItsDashboardAndNothingElse()
    {
        var (mine, other) = await DashboardsAsync();
        var token = await MakeAsync(mine);
        using var visitor = new Person(_accounts.App);

        using var opened = await visitor.PageAsync("/share/" + token);
        Assert.Equal("/wall/" + mine, new Uri(_accounts.App.Address, opened.Headers.Location!).AbsolutePath);
        using var wall = await visitor.PageAsync("/wall/" + mine + "?with=" + other);
        Assert.Equal(HttpStatusCode.OK, wall.StatusCode);
        var html = await wall.Content.ReadAsStringAsync();
        Assert.Contains("Shared one", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Leave the wall", html, StringComparison.Ordinal);

        using var refused = await visitor.PageAsync("/wall/" + other);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        foreach (var path in new[] { "/", "/d/" + mine, "/rules", "/series" })
        {
            using var page = await visitor.PageAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }

        foreach (var path in new[] { "/api/series", "/api/points?series=a", "/api/rules", "/metrics", "/api/audit" }) Assert.Equal(HttpStatusCode.Unauthorized, await visitor.StatusAsync(path));
        using var post = await visitor.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
    }

    [Fact]
    public async Task Link_WithAPassword_AsksForIt()
    {
        var (mine, _) = await DashboardsAsync();
        var token = await MakeAsync(mine, password: "open sesame");
        using var visitor = new Person(_accounts.App);

        using var wrong = await visitor.SubmitAsync("/share/" + token, ("Password", "close sesame"));
        Assert.Contains("not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var refused = await visitor.PageAsync("/wall/" + mine);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        using var right = await visitor.SubmitAsync("/share/" + token, ("Password", "open sesame"));
        using var wall = await visitor.PageAsync("/wall/" + mine);
        Assert.Equal(HttpStatusCode.OK, wall.StatusCode);
    }

    [Fact]
    public async Task Link_WithAPasswordTriedAgainAndAgain_SlowsThatAddressAloneAndTellsTheAuditWhatWasTried()
    {
        var (mine, _) = await DashboardsAsync();
        var token = await MakeAsync(mine, password: "open sesame");
        var log = _accounts.App.Services.GetRequiredService<AuditLog>();
        var failed = log.FailedLogins;
        var answers = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            using var guesser = new Person(_accounts.App, "10.6.1.1");
            using var wrong = await guesser.SubmitAsync("/share/" + token, ("Password", i == 11 ? "open sesame" : "sesame " + i));
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
            answers.Add(await wrong.Content.ReadAsStringAsync());
        }

        Assert.All(answers[..10], static answer => Assert.Contains("not right", answer, StringComparison.Ordinal));
        // The right one too: who tries cannot tell it from the others.
        Assert.All(answers[10..], static answer => Assert.Contains(SignInDesk.TooMany, answer, StringComparison.Ordinal));
        // What was refused unread is no failed sign-in.
        Assert.Equal(10, log.FailedLogins - failed);
        Assert.Contains(log.Find(new AuditFilter(Action: "sign-in.failed"), 20), entry => entry.Who == "the share link of " + mine);
        // Nobody else is kept out, by this link or another.
        var other = await MakeAsync(mine, password: "open sesame");
        foreach (var (one, address) in new[] { (token, "10.6.100.1"), (other, "10.6.1.1") })
        {
            using var visitor = new Person(_accounts.App, address);
            using var right = await visitor.SubmitAsync("/share/" + one, ("Password", "open sesame"));
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        }
    }

    [Fact]
    public void Link_TriedFromManyAddresses_IsSlowedInAll()
    {
        using var limits = new SignInLimits();
        static IPAddress From(int i) => new([10, 6, (byte)(i >> 8), (byte)i]);
        // An address that is refused takes nothing from the others.
        for (var i = 0; i < 100; i++) Assert.Equal(i < 10, limits.TryTakeLink(From(9_999), "a"));
        for (var i = 10; i < SignInLimits.MaxOfALink; i++) Assert.True(limits.TryTakeLink(From(i), "a"), $"{i}");

        Assert.False(limits.TryTakeLink(From(5_000), "a"));
        Assert.True(limits.TryTakeLink(From(5_000), "b"));
    }

    [Fact]
    public async Task Link_OpenedByEveryScreenOfAHallAtOnce_OpensOnEach()
    {
        var (mine, _) = await DashboardsAsync();
        var token = await MakeAsync(mine);
        for (var i = 0; i < 40; i++)
        {
            using var screen = new Person(_accounts.App, "10.6.200.1");
            using var opened = await screen.PageAsync("/share/" + token);
            Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        }
    }

    [Fact]
    public async Task Link_WithAPasswordInAFrameOfAnotherSite_IsOpenedInAWindowOfItsOwn()
    {
        var (mine, _) = await DashboardsAsync();
        var token = await MakeAsync(mine, password: "open sesame");
        using var visitor = new Person(_accounts.App);

        using var framed = await visitor.PageAsync("/share/" + token, ("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Site", "cross-site"));
        var html = await framed.Content.ReadAsStringAsync();
        Assert.Contains("window of its own", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
        using var alone = await visitor.PageAsync("/share/" + token, ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Contains("<form", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfADashboardWithVariables_IsFixedToItsValuesWhateverItsReaderAsksFor()
    {
        var book = _accounts.App.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var id = (await book.AddCopyAsync(
            new Dashboard
            {
                Id = "", Name = "By host", Variables = [new DashboardVariable { Name = "host", Tag = "host" }, new DashboardVariable { Name = "zone", Tag = "zone", Default = "eu" }],
                Panels = [new DashboardPanel { Id = "one", Kind = PanelKind.Series, Title = "Load of $host in $zone", Series = ["load{host=$host}"] }],
            },
            default)).Id;
        var token = await MakeAsync(id, variables: new Dictionary<string, string> { ["host"] = "web1", ["zone"] = "eu" });
        using var visitor = new Person(_accounts.App);
        (await visitor.PageAsync("/share/" + token)).Dispose();

        foreach (var asked in new[] { "", "?var-host=web2&var-zone=us", "?var-host=*" })
        {
            using var wall = await visitor.PageAsync("/wall/" + id + asked);
            var html = await wall.Content.ReadAsStringAsync();
            Assert.Contains("Load of web1 in eu", html, StringComparison.Ordinal);
            Assert.DoesNotContain("web2", html.Replace("var-host=web2", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        // Who may choose does.
        using var viewer = await _accounts.SignedInAsync("chooses");
        using var chosen = await viewer.PageAsync("/wall/" + id + "?var-host=web2&var-zone=us");
        Assert.Contains("Load of web2 in us", await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_WhoseVariableIsRenamedOrLosesItsValue_ShowsNothingOfItAndSaysSo()
    {
        var book = _accounts.App.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var host = new DashboardVariable { Name = "host", Tag = "host" };
        var id = (await book.AddCopyAsync(new Dashboard { Id = "", Name = "Renamed", Variables = [host], Panels = [new DashboardPanel { Id = "one", Kind = PanelKind.Series, Title = "Load of $host", Series = ["load{host=$host}"] }] }, default)).Id;
        var many = Enumerable.Range(0, DashboardVariable.MaxVariables).ToDictionary(static i => "other" + i, static _ => new string('x', DashboardVariable.MaxText));
        many["host"] = "web1";
        var (one, all) = (await MakeAsync(id, variables: many), await MakeAsync(id, variables: new Dictionary<string, string> { ["host"] = "*" }));
        async Task<string> WallAsync(string token)
        {
            using var visitor = new Person(_accounts.App);
            using var opened = await visitor.PageAsync("/share/" + token);
            // What it is fixed to is not in the cookie, which says who comes alone.
            Assert.All(opened.Headers.GetValues("Set-Cookie"), static cookie => Assert.InRange(cookie.Length, 1, 900));
            using var wall = await visitor.PageAsync("/wall/" + id);
            return await wall.Content.ReadAsStringAsync();
        }

        var before = await WallAsync(one);
        Assert.Contains("Load of web1", before, StringComparison.Ordinal);
        Assert.DoesNotContain("ask for a new one", before, StringComparison.Ordinal);
        Assert.Contains("Load of all", await WallAsync(all), StringComparison.Ordinal);

        await book.UpdateAsync(id, kept => kept with { Variables = [host with { HasAll = false, Default = "web2" }] }, default);
        Assert.Contains("Load of web1", await WallAsync(one), StringComparison.Ordinal);
        Assert.Contains("Load of nothing", await WallAsync(all), StringComparison.Ordinal);

        await book.UpdateAsync(id, kept => kept with { Variables = [host with { Name = "machine" }], Panels = [kept.Panels[0] with { Title = "Load of $machine", Series = ["load{host=$machine}"] }] }, default);
        foreach (var token in new[] { one, all })
        {
            var html = await WallAsync(token);
            Assert.Contains("Load of nothing", html, StringComparison.Ordinal);
            Assert.Contains("This link fixes no value of machine that counts now", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Link_RevokedOrExpired_ShowsNothingToWhoHasOpenedItEither()
    {
        var (mine, _) = await DashboardsAsync();
        var book = _accounts.App.Services.GetRequiredService<ShareBook>();
        var token = await MakeAsync(mine);
        using var visitor = new Person(_accounts.App);
        using var opened = await visitor.PageAsync("/share/" + token);

        await book.RevokeAsync(ShareBook.IdOf(token), default);

        using var wall = await visitor.PageAsync("/wall/" + mine);
        Assert.Equal(HttpStatusCode.Redirect, wall.StatusCode);
        using var again = await visitor.PageAsync("/share/" + token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        var old = await MakeAsync(mine, fixture.Time.GetUtcNow().AddMinutes(-1));
        using var expired = await visitor.PageAsync("/share/" + old);
        Assert.Equal(HttpStatusCode.Gone, expired.StatusCode);
    }

    [Fact]
    public async Task Link_Kept_HoldsNeitherItsTokenNorItsPassword()
    {
        var (mine, _) = await DashboardsAsync();
        var token = await MakeAsync(mine, password: "open sesame");

        var kept = System.Text.Encoding.UTF8.GetString(Assert.Single(await _accounts.App.Services.GetRequiredService<LiveDash.Core.Storage.IDocumentStore>().ListAsync(ShareBook.Kind, default), one => one.Id == ShareBook.IdOf(token)).Body);

        Assert.DoesNotContain(token, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", kept, StringComparison.Ordinal);
    }

    private async Task<(string Mine, string Other)> DashboardsAsync()
    {
        var book = _accounts.App.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        return ((await book.CreateAsync("Shared one", default)).Id, (await book.CreateAsync("Another", default)).Id);
    }

    private Task<string> MakeAsync(string dashboard, DateTimeOffset? until = null, string? password = null, Dictionary<string, string>? variables = null) =>
        _accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(
            new ShareLink { Id = "", Dashboard = dashboard, ExpiresAt = until, PasswordHash = password is null ? null : _accounts.App.Services.GetRequiredService<SharedCookies>().Hash(password), Variables = variables ?? [] }, default);
}
