using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Auditing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDash.Tests.Web.Security;

public sealed class AuditTests
{
    [Fact]
    public async Task Change_ByTheApi_IsToldWithWhoFromWhereBeforeAndAfter()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var editor = await accounts.SignedInAsync("eve", AccountRole.Editor);
        async Task PutAsync(string window)
        {
            using var content = new StringContent($$"""{"default":"{{window}}","overrides":[]}""", Encoding.UTF8, "application/json");
            using var answer = await editor.Client.PutAsync(new Uri("/api/settings/windows", UriKind.Relative), content);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        await PutAsync("30s");
        await PutAsync("45s");

        var entry = accounts.App.Services.GetRequiredService<AuditLog>().Find(new AuditFilter(Action: "settings"), 10)[0];
        Assert.Equal(("eve", "person", "127.0.0.1", "settings.change"), (entry.Who, entry.Kind, entry.Address, entry.Action));
        Assert.Contains("30s", entry.Before, StringComparison.Ordinal);
        Assert.Contains("45s", entry.After, StringComparison.Ordinal);
        using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);
        var told = JsonDocument.Parse(await owner.Client.GetStringAsync(new Uri("/api/audit?who=eve&action=settings", UriKind.Relative))).RootElement;
        Assert.Equal(entry.Hash, told[0].GetProperty("hash").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, await editor.StatusAsync("/api/audit"));
    }

    [Fact]
    public async Task Change_OfASecret_IsToldMasked()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var editor = await accounts.SignedInAsync("eve", AccountRole.Editor);
        const string Channels = """[{"name":"ops","kind":"webhook","url":"https://hooks.example.org/a?token=MARKED2","secret":"MARKED3-MARKED3","headers":{"Authorization":"Bearer MARKED4"}}]""";
        using var content = new StringContent(Channels, Encoding.UTF8, "application/json");
        using var answer = await editor.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);

        var told = await owner.Client.GetStringAsync(new Uri("/api/audit", UriKind.Relative));

        Assert.Contains("settings.", told, StringComparison.Ordinal);
        Assert.Contains("ops", told, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED", told, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED", string.Join('\n', accounts.Log.Entries.Select(static entry => entry.Text + entry.Exception)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIns_GoodAndBad_AreToldWithoutThePassword()
    {
        await using var accounts = await AccountsApp.StartAsync();
        await accounts.AddAsync("ada", AccountRole.Administrator);
        using var guesser = new Person(accounts.App);
        using var wrong = await guesser.SignInAsync("ada", "MARKED password");
        using var owner = await accounts.SignedInAsync("ada");
        using var signedOut = await owner.SignOutAsync();

        var log = accounts.App.Services.GetRequiredService<AuditLog>();
        Assert.Equal(["sign-out", "sign-in", "sign-in.failed"], log.Find(new AuditFilter(Action: "sign-"), 10).Select(static entry => entry.Action));
        Assert.Empty(log.Find(new AuditFilter(Text: "MARKED"), 10));
        Assert.Equal(1, log.FailedLogins);
    }

    [Fact]
    public async Task FailedSignIns_EachPeriod_AreASeriesForRules()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var guesser = new Person(accounts.App);
        for (var i = 0; i < 3; i++) (await guesser.SignInAsync("nobody", "wrong password")).Dispose();
        var watch = accounts.App.Services.GetServices<IHostedService>().OfType<AuditWatch>().Single();
        await watch.StepAsync(default);
        using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);

        await Wait.UntilAsync(async () => (await owner.Client.GetStringAsync(new Uri("/api/points?series=" + AuditWatch.Series, UriKind.Relative))).Contains("\"value\":3", StringComparison.Ordinal), "the failed sign-ins are a point");
    }

    [Fact]
    public async Task FailedSignIns_AFlood_IsCountedWithoutFloodingTheAudit()
    {
        var time = new ManualTime();
        using var log = new AuditLog(new MemoryDocumentStore(), time);

        for (var i = 0; i < 500; i++) await log.AddFailedLoginAsync("name" + i, "10.0.0.1", default);
        time.Advance(TimeSpan.FromMinutes(1));
        await log.AddFailedLoginAsync("later", "10.0.0.1", default);

        Assert.Equal(501, log.FailedLogins);
        Assert.Equal(AuditLog.MaxStrangersPerMinute + 1, log.Find(new AuditFilter(), 1000).Count);
    }

    [Fact]
    public async Task Refusals_ByRoleScopeAndKey_AreToldWithoutParametersAndAFloodOnce()
    {
        await using var accounts = await AccountsApp.StartAsync();
        using var viewer = await accounts.SignedInAsync("vera");
        var key = await accounts.App.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "agent", Hash = "", Scopes = KeyScope.Ingest }, default);
        await viewer.StatusAsync("/api/audit?text=private");
        foreach (var sent in new[] { key, key[..^1] + (key[^1] == 'A' ? 'B' : 'A') })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/audit");
            request.Headers.Add("X-Api-Key", sent);
            using var answer = await accounts.App.Client.SendAsync(request);
        }

        var log = accounts.App.Services.GetRequiredService<AuditLog>();
        Assert.Equal([("a key that is none", "stranger"), ("agent", "key"), ("vera", "person")], log.Find(new AuditFilter(Action: AuditLog.Refused), 10).Select(static entry => (entry.Who, entry.Kind)));
        Assert.All(log.Find(new AuditFilter(Action: AuditLog.Refused), 10), static entry => Assert.Equal("GET /api/audit", entry.On));
        Assert.Null(log.Broken());
        for (var i = 0; i < 100; i++) await log.AddRefusedAsync(new Actor("vera", "person", ""), "GET /x", "", default);
        Assert.InRange(log.Find(new AuditFilter(Action: AuditLog.Refused), 1_000).Count, 2 + AuditLog.MaxOfOnePerMinute, 2 + (2 * AuditLog.MaxOfOnePerMinute));
    }

    [Fact]
    public async Task Refusals_AFloodOfStrangersForHours_PushesOutNothingElseAndItsChainHolds()
    {
        var store = new MemoryDocumentStore();
        var time = new ManualTime();
        using var log = new AuditLog(store, time);
        await log.AddAsync(new Actor("ada", "person", ""), "dashboard.change", "d", "a", "b", default);
        await log.AddRefusedAsync(new Actor("vera", "person", ""), "GET /api/audit", "", default);
        await log.AddFailedLoginAsync("ada", "10.0.0.1", default);
        // As many as were kept of everything.
        for (var i = 0; i < AuditLog.MaxEntries; i++)
        {
            if (i % AuditLog.MaxStrangersPerMinute == 0) time.Advance(TimeSpan.FromMinutes(1));
            await log.AddRefusedAsync(new Actor("a key that is none", "stranger", "10.0.0.2"), "GET /x", "", default);
        }

        await log.AddAsync(new Actor("ada", "person", ""), "dashboard.change", "e", "a", "b", default);
        using var read = new AuditLog(store, time);
        await read.LoadAsync(default);
        foreach (var one in new[] { log, read })
        {
            Assert.Equal(["e", "d"], one.Find(new AuditFilter(Action: "dashboard.change"), 10).Select(static entry => entry.On));
            Assert.Single(one.Find(new AuditFilter(Who: "vera"), 10));
            Assert.Single(one.Find(new AuditFilter(Action: "sign-in.failed"), 10));
            Assert.InRange(one.Find(new AuditFilter(Action: AuditLog.Refused), AuditLog.MaxEntries).Count, AuditLog.MaxOfAShare / 2, AuditLog.MaxOfAShare + 1);
            Assert.Null(one.Broken());
            Assert.Equal(AuditLog.MaxEntries + 4, one.Find(new AuditFilter(), 1)[0].Number);
        }
    }

    [Fact]
    public async Task Refusals_OfPeople_AreToldInAMinuteThatStrangersFill()
    {
        using var log = new AuditLog(new MemoryDocumentStore(), new ManualTime());
        for (var i = 0; i < 500; i++) await log.AddRefusedAsync(new Actor("a key that is none", i % 2 == 0 ? "stranger" : "link", "10.0.0.2"), "GET /x", "", default);

        await log.AddRefusedAsync(new Actor("vera", "person", "10.0.0.3"), "GET /api/audit", "", default);

        var told = log.Find(new AuditFilter(), 1_000);
        Assert.Equal(("vera", "GET /api/audit"), (told[0].Who, told[0].On));
        Assert.Equal(("many", ""), (told[1].Who, told[1].Address));
        Assert.Equal(AuditLog.MaxStrangersPerMinute + 1, told.Count);
    }

    [Fact]
    public async Task Refusals_OfSomebodyKnownWhoFloods_HideAndPushOutNobodyElses()
    {
        var time = new ManualTime();
        using var log = new AuditLog(new MemoryDocumentStore(), time);
        await log.AddRefusedAsync(new Actor("bob", "key", "10.0.0.4"), "GET /api/audit", "", default);
        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            for (var i = 0; i < 25; i++) await log.AddRefusedAsync(new Actor("vera", "person", "10.0.0.3"), "GET /x", "viewer", default);
            if (minute == 0) Assert.Equal(("GET /x", "viewer; more of the same in this minute are not told"), log.Find(new AuditFilter(), 1).Select(static entry => (entry.On, entry.After)).Single());
            if (minute == 0) Assert.Equal(AuditLog.MaxOfOnePerMinute, log.Find(new AuditFilter(Who: "vera"), 1_000).Count);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        // As many a day as are kept of one, told to be the last; who comes then, and who came before, stands there.
        await log.AddRefusedAsync(new Actor("bob", "person", "10.0.0.4"), "GET /api/keys", "", default);
        var told = log.Find(new AuditFilter(Action: AuditLog.Refused), AuditLog.MaxOfAShare);
        Assert.Equal(3 * AuditLog.MaxOfOnePerDay, told.Count(static entry => entry.Who == "vera"));
        Assert.Equal(["GET /api/keys", "GET /api/audit"], told.Where(static entry => entry.Who == "bob").Select(static entry => entry.On));
        Assert.Equal(3, told.Count(static entry => entry is { On: "GET /x", After: "viewer; more of the same in this day are not told" }));
        Assert.Null(log.Broken());
    }

    [Fact]
    public void Refusals_OfMoreAuthorsThanAreCounted_AreCountedTogetherAndToldStill()
    {
        var authors = new AuthorCounts();
        var told = 0;
        for (var i = 0; i < AuthorCounts.MaxAuthors + 500; i++)
        {
            if (authors.TryTell(new Actor("k" + i, "key", ""), DateTimeOffset.UnixEpoch, out _)) told++;
        }

        Assert.Equal(AuthorCounts.MaxAuthors + AuditLog.MaxOfOnePerMinute, told);
        Assert.True(authors.TryTell(new Actor("k0", "key", ""), DateTimeOffset.UnixEpoch, out _));
        Assert.True(authors.TryTell(new Actor("new", "key", ""), DateTimeOffset.UnixEpoch.AddDays(1), out _));
    }

    [Fact]
    public async Task Chain_OfAnyShareChangedOrTakenOut_IsFound()
    {
        var store = new MemoryDocumentStore();
        using var log = new AuditLog(store, new ManualTime());
        for (var i = 0; i < 3; i++)
        {
            await log.AddAsync(null, "a", "b", null, null, default);
            await log.AddFailedLoginAsync("ada", "", default);
            foreach (var kind in new[] { "person", "stranger" }) await log.AddRefusedAsync(new Actor("x", kind, ""), "GET /x", "", default);
        }

        Assert.Equal(4, log.Kinds.Count);
        foreach (var kind in log.Kinds)
        {
            var second = (await store.ListAsync(kind, default)).OrderBy(static one => one.Id, StringComparer.Ordinal).ElementAt(1);
            foreach (var body in new[] { null, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(second.Body).Replace("1970", "1971", StringComparison.Ordinal).Replace("\"action\":\"", "\"action\":\"x", StringComparison.Ordinal)) })
            {
                await store.ApplyAsync([new(kind, second.Id, body)], default);
                using var read = new AuditLog(store, new ManualTime());
                await read.LoadAsync(default);
                Assert.NotNull(read.Broken());
            }

            await store.ApplyAsync([new(kind, second.Id, second.Body)], default);
        }

        using var whole = new AuditLog(store, new ManualTime());
        await whole.LoadAsync(default);
        Assert.Null(whole.Broken());
        Assert.Equal(12, whole.Find(new AuditFilter(), 100).Count);
    }

    [Fact]
    public async Task Chain_ChangedTakenOutOrCut_IsFound()
    {
        var store = new MemoryDocumentStore();
        using var log = new AuditLog(store, new ManualTime());
        for (var i = 0; i < 5; i++) await log.AddAsync(new Actor("ada", "person", ""), "dashboard.change", "d" + i, "a", "b", default);
        async Task<long?> BrokenAsync(string id, byte[]? body)
        {
            var copy = new MemoryDocumentStore();
            foreach (var document in await store.ListAsync(AuditLog.Kind, default)) await copy.ApplyAsync([new(document.Kind, document.Id, document.Id == id ? body : document.Body)], default);
            using var read = new AuditLog(copy, new ManualTime());
            await read.LoadAsync(default);
            return read.Broken();
        }

        var third = Encoding.UTF8.GetString((await store.GetAsync(AuditLog.Kind, "000000000003", default))!);
        Assert.Null(log.Broken());
        Assert.Null(await BrokenAsync("none", null));
        Assert.Equal(3, await BrokenAsync("000000000003", Encoding.UTF8.GetBytes(third.Replace("d2", "d9", StringComparison.Ordinal))));
        Assert.Equal(4, await BrokenAsync("000000000003", null));
    }

    [Fact]
    public async Task Entries_OlderThanTheRetention_AreTakenOffTheOldEndAlone()
    {
        var store = new MemoryDocumentStore();
        var time = new ManualTime();
        using var log = new AuditLog(store, time) { Retention = TimeSpan.FromDays(10) };
        await log.AddAsync(null, "a", "1", null, null, default);
        time.Advance(TimeSpan.FromDays(11));
        await log.AddAsync(null, "a", "2", null, null, default);
        await log.AddAsync(null, "a", "3", null, null, default);

        Assert.Equal(["3", "2"], log.Find(new AuditFilter(), 10).Select(static entry => entry.On));
        Assert.Null(log.Broken());
        Assert.Equal(2, (await store.ListAsync(AuditLog.Kind, default)).Count);
    }

    [Fact]
    public void Csv_OfACellThatIsAFormula_IsText()
    {
        var entry = new AuditEntry { Number = 1, At = DateTimeOffset.UnixEpoch, Who = "=cmd|'/c calc'!A1", Kind = "stranger", Address = "", Action = "sign-in.failed", On = "", Previous = "" };

        Assert.DoesNotContain("\n=cmd", AuditEndpoints.Csv([entry]).Replace(",=", "\n=", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"password":"MARKED","name":"a"}""")]
    [InlineData("""{"a":{"apiKey":"MARKED"},"list":[{"token":"MARKED"}]}""")]
    [InlineData("""{"headers":{"X-Any":"MARKED"}}""")]
    [InlineData("""{"connections":[{"address":"mongodb://user:MARKED@db/x"}]}""")]
    [InlineData("\"mongodb://user:MARKED@db/x\"")]
    [InlineData("mongodb://user:MARKED@db/x")]
    [InlineData("""{"url":"https://example.org/hook?sig=MARKED"}""")]
    [InlineData("""{"url":"mongodb://db/x?authMechanismProperties=MARKED"}""")]
    [InlineData("""{"values":{"options":"sasl.password=MARKED","uri":"amqp://guest:MARKED@host/MARKED"}}""")]
    public void Mask_OfSecrets_LeavesNone(string document) => Assert.DoesNotContain("MARKED", new AuditMask(new Dictionary<string, IReadOnlySet<string>> { ["sources"] = new HashSet<string> { "options", "uri" } }).Of("sources", Encoding.UTF8.GetBytes(document)), StringComparison.Ordinal);
}
