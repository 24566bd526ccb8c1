using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>
/// What somebody tries who knows how such programs fail, where no other test tries it yet. One app for all: each test has names and addresses of its own. Beside no other test: one counts what the
/// process allocates.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed partial class AttackTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    // Short enough for every field.
    private const string Markup = "<b id=x>";
    private const int Mebibyte = 1 << 20;
    private readonly AccountsApp _accounts = fixture.Accounts;

    [Fact]
    public async Task SignIn_OverACookieThatSomebodyPlanted_BeginsASessionThatOnlyItsOwnerHas()
    {
        using var planter = await _accounts.SignedInAsync("fix-planter", address: "10.7.0.1");
        await _accounts.AddAsync("fix-owner", AccountRole.Viewer);
        var old = Cookie(planter);
        foreach (var planted in new[] { old, "chosen-by-somebody-else" })
        {
            using var signOut = planted == old ? await planter.SignOutAsync() : null;
            using var owner = new Person(_accounts.App, "10.7.0.2");
            owner.Cookies.Add(_accounts.App.Address, new Cookie("livedash", planted));

            using var answer = await owner.SignInAsync("fix-owner");

            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.NotEqual(planted, Cookie(owner));
            Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/series"));
            using var thief = new Person(_accounts.App, "10.7.0.3");
            thief.Cookies.Add(_accounts.App.Address, new Cookie("livedash", planted));
            Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusAsync("/api/series"));
        }
    }

    [Fact]
    public async Task SignIn_ReturnAddressesThatBrowsersReadAsAnotherSite_LeadToThisOne()
    {
        string[] addresses = ["//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "https:evil.example", "https:///evil.example", "///evil.example", "/%09/evil.example", "//evil%E3%80%82example", "/.//evil.example", "data:text/html,x", "%2F%2Fevil.example", "/x\r\nLocation: //evil.example"];
        foreach (var (address, i) in addresses.Select(static (one, i) => (one, i)))
        {
            using var person = new Person(_accounts.App, $"10.7.1.{i}");
            // A name may be tried ten times a minute.
            if (i % 8 == 0) await _accounts.AddAsync("redirected" + i, AccountRole.Viewer);
            using var answer = await person.SignInAsync("redirected" + (i - (i % 8)), path: "/sign-in?returnUrl=" + Uri.EscapeDataString(address));

            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{address}: {answer.StatusCode}");
            var sent = answer.Headers.GetValues("Location").Single();
            // As a browser reads it: tabs and line ends go, a backslash is a slash.
            var read = new Uri(_accounts.App.Address, sent.Replace('\\', '/').Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
            Assert.True(read.Authority == _accounts.App.Address.Authority && read.Scheme == "http", $"{address} leads to {sent}");
        }
    }

    [Fact]
    public async Task Bodies_ThatUnfoldWithoutEnd_AreRefusedOnEveryRouteThatTakesOne()
    {
        var key = await _accounts.App.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "bomber", Hash = "", Scopes = KeyScope.Admin }, default);
        // They read none.
        string[] without = ["/api/hub-check", "/api/v1/labels", "/prometheus/api/v1/labels"];
        // Blanks, which every reader of text goes through: 200 MiB of 200 KB.
        var bomb = Bomb(200);
        var (faults, routes) = (new List<string>(), 0);
        foreach (var (pattern, method, type) in Routes())
        {
            var before = GC.GetTotalAllocatedBytes();
            using var request = new HttpRequestMessage(new HttpMethod(method), Address(pattern)) { Content = new ByteArrayContent(bomb) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            request.Content.Headers.ContentEncoding.Add("gzip");
            request.Headers.Add("X-Api-Key", key);
            using var answer = await _accounts.App.Client.SendAsync(request);
            routes++;
            var text = await answer.Content.ReadAsStringAsync();
            var taken = (GC.GetTotalAllocatedBytes() - before) >> 20;
            // Refused, or not read at all; never unfolded, and never a fault of the server's own.
            if ((int)answer.StatusCode is < 400 or >= 500 && !(answer.IsSuccessStatusCode && without.Contains(pattern))) faults.Add($"{method} {pattern}: {(int)answer.StatusCode} {text[..Math.Min(200, text.Length)]}");
            if (taken > 64) faults.Add($"{method} {pattern} took {taken} MiB");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(routes > 30, $"{routes} routes were found.");
    }

    [Fact]
    public async Task Forms_OfPagesWithoutACircuit_GivenAMebibyteInEachField_RefuseItInASentence()
    {
        using var owner = await _accounts.SignedInAsync("huge-owner", AccountRole.Administrator, "10.7.2.1");
        var invitation = await _accounts.App.Services.GetRequiredService<TicketBook>().MakeAsync(id => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = fixture.Time.GetUtcNow().AddDays(1) }, fixture.Time.GetUtcNow(), default);
        var share = await _accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = "none", PasswordHash = _accounts.App.Services.GetRequiredService<SharedCookies>().Hash("open sesame") }, default);
        var huge = new string('x', Mebibyte);
        (string Path, string[] Fields, bool IsSignedIn)[] forms =
        [
            ("/sign-in", ["Form.Name", "Form.Password"], false), ("/join/" + invitation, ["Form.Name", "Form.Password", "Form.Again"], false), ("/share/" + share, ["Password"], false),
            ("/account/password", ["Form.Now", "Form.Password", "Form.Again"], true), ("/account/second-factor", ["Form.Code", "Form.Password"], true), ("/account/passkeys", ["Form.Password", "Form.Name"], true),
        ];
        foreach (var (path, fields, isSignedIn) in forms)
        {
            foreach (var (field, i) in fields.Select(static (one, i) => (one, i)))
            {
                using var stranger = new Person(_accounts.App, $"10.7.3.{i + (path.Length * 3)}");
                using var answer = await (isSignedIn ? owner : stranger).SubmitAsync(path, [.. fields.Select(one => (one, one == field ? huge : "another four words"))]);
                var html = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{path} {field}: {answer.StatusCode}");
                if (answer.StatusCode == HttpStatusCode.OK) Assert.True(html.Contains("role=\"alert\"", StringComparison.Ordinal), $"{path} {field}: nothing is said");
                // What was sent does not come back.
                Assert.True(html.Length < Mebibyte / 2, $"{path} {field}: {html.Length} characters came back");
            }
        }

        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/series"));
    }

    [Fact]
    public async Task Texts_ThatAreMarkup_AreTextOnEveryPage()
    {
        using var owner = await _accounts.SignedInAsync("markup-owner", AccountRole.Administrator, "10.7.4.1");
        var (share, snapshot, id) = await SeedMarkupAsync(owner);
        var pages = _accounts.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(static one => one.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(AccessTable.Pattern).Where(static pattern => !pattern.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        var text = Uri.EscapeDataString(Markup);
        string[] asked =
        [
            .. pages, $"/d/{id}", $"/d/{id}?var-host={text}", $"/wall/{id}?var-host={text}", "/snapshot/" + snapshot, "/share/" + share, $"/audit?who={text}&action={text}&q={text}", $"/series?q={text}", $"/series?show={Uri.EscapeDataString($"evil{{host={Markup}}}")}",
            $"/explore?series={text}", $"/explore?expr={text}", $"/rules?q={text}", $"/alerts?q={text}", $"/dashboards?q={text}", $"/grid?series={text}", $"/sign-in?returnUrl={text}", "/join/" + text, "/share/" + text, "/snapshot/" + text, "/notice/" + text, "/d/" + text, "/wall/" + text, "/rules/edit/" + text, $"/rules/new?expr={text}&name={text}", $"/settings/channels?add={text}",
        ];
        var (raw, shown) = (new List<string>(), 0);
        foreach (var path in asked)
        {
            using var page = await owner.PageAsync(path);
            var html = await page.Content.ReadAsStringAsync();
            Assert.True((int)page.StatusCode < 500, $"{path}: {page.StatusCode}");
            if (html.Contains(Markup, StringComparison.Ordinal)) raw.Add(path + ": " + html.Substring(Math.Max(0, html.IndexOf(Markup, StringComparison.Ordinal) - 80), 100));
            if (html.Contains("&lt;b id=x&gt;", StringComparison.Ordinal)) shown++;
        }

        Assert.True(raw.Count == 0, string.Join('\n', raw));
        Assert.True(shown >= 12, $"Only {shown} of {asked.Length} pages show what was seeded.");
    }

    [Fact]
    public async Task Addresses_ThatOpenSomething_AreInNoLogThatRequestsAreToldIn()
    {
        // As somebody has it who wants to see what is asked.
        await using var accounts = await AccountsApp.StartAsync(settings: ["--Logging:LogLevel:Microsoft.AspNetCore=Information", "--Logging:LogLevel:Default=Debug"]);
        var share = await accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = "this-machine" }, default);
        var ticket = await accounts.App.Services.GetRequiredService<TicketBook>().MakeAsync(static id => new AccountTicket { Id = id, Purpose = TicketPurpose.Invitation, ExpiresAt = DateTimeOffset.MaxValue }, TimeProvider.System.GetUtcNow(), default);
        using var visitor = new Person(accounts.App);
        const string Unknown = "a-token-of-thirty-two-characters-and-more";
        foreach (var path in new[] { "/share/" + share, "/wall/this-machine", "/join/" + ticket, "/share/" + Unknown, "/snapshot/" + Unknown, "/notice/" + Unknown, "/notice-picture/" + Unknown, $"/snapshot-picture/{Unknown}/0", "/share/" + Unknown + "/more" }) (await visitor.PageAsync(path)).Dispose();

        var said = accounts.Log.Entries.Select(static entry => entry.Category + ": " + entry.Text + entry.Exception).ToList();
        Assert.NotEmpty(said);
        foreach (var token in new[] { share, ticket, Unknown }) Assert.DoesNotContain(said, line => line.Contains(token, StringComparison.Ordinal));
    }

    private string Cookie(Person person) => person.Cookies.GetCookies(_accounts.App.Address)["livedash"]!.Value;

    // Each once by every type of body it says that it takes.
    private IEnumerable<(string Pattern, string Method, string Type)> Routes() =>
        from endpoint in _accounts.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = AccessTable.Pattern(endpoint)
        where !pattern.StartsWith("/_", StringComparison.Ordinal) && pattern is not "/account/sign-out"
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null ? Array.Empty<string>() : ["POST"])
        where method is "POST" or "PUT"
        from type in endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is { Count: > 0 } types ? types : ["application/json"]
        select (pattern, method, type);

    private static string Address(string pattern) => AnyParameter().Replace(pattern, "none");

    private static byte[] Bomb(int mebibytes)
    {
        var packed = new MemoryStream();
        var blank = new byte[Mebibyte];
        Array.Fill(blank, (byte)' ');
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < mebibytes; i++) gzip.Write(blank);
        }

        return packed.ToArray();
    }

    private async Task<(string Share, string Snapshot, string Dashboard)> SeedMarkupAsync(Person owner)
    {
        var services = _accounts.App.Services;
        async Task SendAsync(HttpMethod method, string path, object body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            using var answer = await owner.Client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        await SendAsync(HttpMethod.Post, "/api/points", new { series = "evil", tags = new { host = Markup, zone = Markup }, value = 1 });
        await SendAsync(HttpMethod.Post, "/api/points", new { series = "evil.state", tags = new { host = Markup }, value = Markup });
        await SendAsync(HttpMethod.Post, "/api/rules", new { name = Markup, expr = "last(evil{host=*}, 1) > 0", message = Markup, annotations = new { runbook = Markup }, labels = new { team = Markup } });
        await SendAsync(HttpMethod.Post, "/api/silences", new { rule = Markup, duration = "1h", comment = Markup });
        await SendAsync(HttpMethod.Put, "/api/plots/evil", new { title = Markup, series = new[] { "evil" }, start = "now-1h", end = "now", schedule = "hourly" });
        var book = services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        var id = (await book.AddCopyAsync(
            new Dashboard
            {
                Id = "", Name = Markup, Folder = Markup, Variables = [new DashboardVariable { Name = "host", Tag = "host", Default = Markup }],
                Panels =
                [
                    new() { Id = "a", Kind = PanelKind.Chart, Title = Markup + " of $host", Series = ["evil{host=$host}"], Fields = new() { Unit = Markup, Links = [new(Markup, "https://example.org/" + Markup)] } },
                    new() { Id = "b", Kind = PanelKind.Chart, Title = "x", Expression = new("evil", Markup + "{{host}}"), Y = 4 },
                    new() { Id = "c", Kind = PanelKind.Stat, Title = "$host", Series = ["evil{host=$host}"], Y = 8, Fields = new() { Unit = Markup } },
                    new() { Id = "d", Kind = PanelKind.Section, Title = Markup, Y = 12, W = 12, H = 1 }, new() { Id = "e", Kind = PanelKind.Series, Title = Markup, Series = ["evil*"], Y = 13 },
                ],
            },
            default)).Id;
        var ada = services.GetRequiredService<AccountBook>().FindByName("MARKUP-OWNER")!;
        await services.GetRequiredService<AccountBook>().UpdateAsync(ada.Id, static known => known with { Groups = [Markup] }, default);
        await services.GetRequiredService<GrantBook>().PutAsync(Markup, [new FolderGrant(IsGroup: true, Markup, GrantLevel.Edit)], default);
        await services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = Markup, Hash = "", Scopes = KeyScope.Ingest, Series = ["evil{host=" + Markup + "}"] }, default);
        var share = await services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = id, Name = Markup, MadeBy = Markup, Variables = new Dictionary<string, string> { ["host"] = Markup } }, default);
        var now = fixture.Time.GetUtcNow();
        var (snapshot, _) = await services.GetRequiredService<SnapshotMaker>().MakeAsync(book.Find(id)!, new Dictionary<string, string> { ["host"] = Markup }, new TimeRange(now.AddHours(-1).UtcTicks, now.AddMinutes(1).UtcTicks), Markup, 1, Markup, default);
        return (share, snapshot, id);
    }

    [GeneratedRegex(@"\{[\w*]+\}")]
    private static partial Regex AnyParameter();
}
