using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Snapshots through the true app: what is frozen stays, whatever the data do, and opens nothing else.</summary>
public sealed class SnapshotTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private readonly AccountsApp _accounts = fixture.Accounts;

    private DashboardBook Dashboards => _accounts.App.Services.GetRequiredService<DashboardBook>();

    private SnapshotBook Book => _accounts.App.Services.GetRequiredService<SnapshotBook>();

    private IDocumentStore Store => _accounts.App.Services.GetRequiredService<IDocumentStore>();

    [Fact]
    public async Task Snapshot_Made_ShowsWhatWasThenToWhoHasItsAddressAndNothingElse()
    {
        using var editor = await _accounts.SignedInAsync("eve", AccountRole.Editor, "10.1.0.1");
        var id = await DashboardAsync("Frozen", "");
        await PostAsync(editor, "frozen.heat", 42);
        var made = await MakeAsync(editor, id);
        var path = new Uri(made.GetProperty("address").GetString()!).AbsolutePath;
        await PostAsync(editor, "frozen.heat", 99);
        await PostAsync(editor, "secret.else", 7);
        using var stranger = new Person(_accounts.App, "10.1.0.2");

        var html = await TextAsync(stranger, path, HttpStatusCode.OK);
        Assert.Contains("Frozen", html, StringComparison.Ordinal);
        Assert.Matches("snapshot-figure\">42", html);
        Assert.DoesNotContain("99", html[html.IndexOf("snapshot-figure", StringComparison.Ordinal)..][..60], StringComparison.Ordinal);
        Assert.DoesNotContain("secret.else", html, StringComparison.Ordinal);
        Assert.Contains("its expression: 1", html.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        // The picture of the chart, light and dark, is the one that was drawn.
        var token = path.Split('/')[^1];
        foreach (var theme in new[] { "", "?theme=dark" })
        {
            using var picture = await stranger.Client.GetAsync(new Uri($"/snapshot-picture/{token}/0{theme}", UriKind.Relative));
            Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
            Assert.Contains("<svg", await picture.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var none = await stranger.Client.GetAsync(new Uri($"/snapshot-picture/{token}/40", UriKind.Relative))) await ProblemAssert.IsAsync(none, HttpStatusCode.Gone, "snapshot_over");
        foreach (var other in new[] { "/api/series", "/api/snapshots", "/api/points?series=frozen.heat" }) Assert.Equal(HttpStatusCode.Unauthorized, await stranger.StatusAsync(other));
        // Neither the token nor an address is kept.
        foreach (var kind in new[] { SnapshotBook.Kind, SnapshotBook.PanelsKind })
        {
            foreach (var document in await Store.ListAsync(kind, default)) Assert.DoesNotContain(token, System.Text.Encoding.UTF8.GetString(document.Body), StringComparison.Ordinal);
        }

        // Taken back, it is gone with all that it showed.
        var snapshot = made.GetProperty("id").GetString()!;
        using (var revoked = await editor.Client.DeleteAsync(new Uri("/api/snapshots/" + snapshot, UriKind.Relative))) Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await TextAsync(stranger, path, HttpStatusCode.Gone);
        Assert.DoesNotContain(await Store.ListAsync(SnapshotBook.PictureKind, default), one => one.Id.StartsWith(snapshot, StringComparison.Ordinal));
        Assert.DoesNotContain(await Store.ListAsync(SnapshotBook.PanelsKind, default), one => one.Id == snapshot);
    }

    [Fact]
    public async Task Snapshot_OfADashboardWithVariables_IsFrozenWithTheValuesChosen()
    {
        using var editor = await _accounts.SignedInAsync("victor", AccountRole.Editor, "10.5.0.1");
        foreach (var (host, value) in new[] { ("web1", 11), ("web2", 22) }) await PostAsync(editor, "fixed", value, host);
        await Dashboards.LoadAsync(default);
        var id = (await Dashboards.AddCopyAsync(
            new Dashboard
            {
                Id = "", Name = "Chosen", Variables = [new DashboardVariable { Name = "host", Tag = "host" }, new DashboardVariable { Name = "one", Tag = "floor", HasAll = false }],
                Panels = [new DashboardPanel { Id = "stat", Kind = PanelKind.Stat, Title = "of $host", Series = ["fixed{host=$host}"] }],
            },
            default)).Id;
        using var answer = await editor.Client.PostAsJsonAsync(new Uri("/api/snapshots", UriKind.Relative), new { dashboard = id, variables = new { host = "web2" } });
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        using var stranger = new Person(_accounts.App, "10.5.0.2");

        var html = await TextAsync(stranger, new Uri(made.GetProperty("address").GetString()!).AbsolutePath + "?var-host=web1", HttpStatusCode.OK);

        Assert.Matches("snapshot-figure\">22", html);
        Assert.Contains("of web2", html, StringComparison.Ordinal);
        Assert.Contains("host web2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("web1", html, StringComparison.Ordinal);
        foreach (var wrong in new object[] { new { dashboard = id, variables = new { nobody = "x" } }, new { dashboard = id, variables = new { host = new string('x', 300) } }, new { dashboard = id, variables = new { host = (string?)null } }, new { dashboard = id, variables = new { host = "" } }, new { dashboard = id, variables = new { one = "*" } } })
        {
            using var refused = await editor.Client.PostAsJsonAsync(new Uri("/api/snapshots", UriKind.Relative), wrong);
            await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "bad_parameter");
        }
    }

    [Fact]
    public async Task Snapshot_OfStatesAndAForecast_ShowsThemAsTheyWere()
    {
        using var editor = await _accounts.SignedInAsync("stanislaw", AccountRole.Editor, "10.8.0.1");
        var now = fixture.Time.GetUtcNow();
        foreach (var (minutes, state) in new[] { (-90, "running"), (-40, "stopped"), (-10, "hopping") })
        {
            using var sent = await editor.Client.PostAsJsonAsync(new Uri("/api/points", UriKind.Relative), new { series = "pump.mode", value = state, t = now.AddMinutes(minutes).ToUnixTimeMilliseconds() });
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        var points = Enumerable.Range(0, 2_000).Select(i => new { series = "load.steady", value = 40 + (i % 7), t = now.AddMinutes(-5 * (2_000 - i)).ToUnixTimeMilliseconds() });
        using (var sent = await editor.Client.PostAsJsonAsync(new Uri("/api/points", UriKind.Relative), points)) Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        await Dashboards.LoadAsync(default);
        var id = (await Dashboards.AddCopyAsync(
            new Dashboard
            {
                Id = "", Name = "Pumps",
                Panels =
                [
                    new DashboardPanel { Id = "states", Kind = PanelKind.States, Title = "Modes", Series = ["pump.*"] },
                    new DashboardPanel { Id = "ahead", Kind = PanelKind.Forecast, Title = "Ahead", Series = ["load.steady"], Target = 100, Y = 4 },
                    new DashboardPanel { Id = "none", Kind = PanelKind.Forecast, Title = "None", Series = ["nobody"], Y = 8 },
                ],
            },
            default)).Id;
        var made = await MakeAsync(editor, id);
        var path = new Uri(made.GetProperty("address").GetString()!).AbsolutePath;
        using var stranger = new Person(_accounts.App, "10.8.0.2");

        var html = await TextAsync(stranger, path, HttpStatusCode.OK);

        // What it was in when the range began stands too; each state as wide as it lasted.
        foreach (var (word, width) in new[] { ("running", "333.33"), ("stopped", "500.00"), ("hopping", "166.67") }) Assert.Matches($"<rect[^>]*width=\"{width}\"[^>]*><title>{word}, ", html);
        Assert.Contains("var(--crit)", html, StringComparison.Ordinal);
        Assert.Matches("Expected at [^:]+:\\d+[^<]*: 4\\d[^<]*, 95 % from [^<]* to ", html);
        Assert.Contains("100 is reached: ", html, StringComparison.Ordinal);
        Assert.Contains("There is no such series.", html, StringComparison.Ordinal);
        using var picture = await stranger.Client.GetAsync(new Uri($"/snapshot-picture/{path.Split('/')[^1]}/1", UriKind.Relative));
        var drawn = await picture.Content.ReadAsStringAsync();
        foreach (var line in new[] { "load.steady", "expected", "95 % from", "95 % to" }) Assert.Contains(line, drawn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_AfterItsDays_ShowsNothingAndGoesWithTheNext()
    {
        using var editor = await _accounts.SignedInAsync("ernst", AccountRole.Editor, "10.2.0.1");
        var id = await DashboardAsync("Expiring", "");
        var made = await MakeAsync(editor, id, days: 1);
        fixture.Time.Set(TimeSpan.FromDays(1));

        using var stranger = new Person(_accounts.App, "10.2.0.2");
        await TextAsync(stranger, new Uri(made.GetProperty("address").GetString()!).AbsolutePath, HttpStatusCode.Gone);
        using var again = await _accounts.SignedInAsync("ernst", AccountRole.Editor, "10.2.0.3");
        await MakeAsync(again, id);
        Assert.Null(await Store.GetAsync(SnapshotBook.Kind, made.GetProperty("id").GetString()!, default));
    }

    [Fact]
    public async Task Snapshot_OfAGrantedFolder_IsMadeSeenAndRevokedByWhoMayChangeIt()
    {
        var id = await DashboardAsync("Granted", "Closed");
        using var boss = await _accounts.SignedInAsync("boss", AccountRole.Administrator, "10.3.0.1");
        using var looks = await _accounts.SignedInAsync("looks", AccountRole.Editor, "10.3.0.2");
        using var nobody = await _accounts.SignedInAsync("nobody", AccountRole.Editor, "10.3.0.3");
        var book = _accounts.App.Services.GetRequiredService<AccountBook>();
        await _accounts.App.Services.GetRequiredService<GrantBook>().PutAsync("Closed", [new FolderGrant(IsGroup: false, book.FindByName("LOOKS")!.Id, GrantLevel.View)], default);
        var made = (await MakeAsync(boss, id)).GetProperty("id").GetString()!;

        foreach (var (person, status, code) in new[] { (looks, HttpStatusCode.Conflict, "folder_granted"), (nobody, HttpStatusCode.NotFound, "unknown_dashboard") })
        {
            using var refused = await person.Client.PostAsJsonAsync(new Uri("/api/snapshots", UriKind.Relative), new { dashboard = id });
            await ProblemAssert.IsAsync(refused, status, code);
            Assert.DoesNotContain(made, await person.Client.GetStringAsync(new Uri("/api/snapshots", UriKind.Relative)), StringComparison.Ordinal);
            using var kept = await person.Client.DeleteAsync(new Uri("/api/snapshots/" + made, UriKind.Relative));
            await ProblemAssert.IsAsync(kept, HttpStatusCode.NotFound, "unknown_snapshot");
        }

        Assert.Contains(made, await boss.Client.GetStringAsync(new Uri("/api/snapshots", UriKind.Relative)), StringComparison.Ordinal);
        await _accounts.App.Services.GetRequiredService<GrantBook>().PutAsync("Closed", null, default);
    }

    [Fact]
    public async Task Make_TooLargeOrTooMany_IsRefused()
    {
        using var book = new SnapshotBook(new MemoryDocumentStore());
        var now = DateTimeOffset.UnixEpoch;
        Snapshot One(int days) => new() { Id = "", Dashboard = "d", MadeAt = now, ExpiresAt = now.AddDays(days) };

        await Assert.ThrowsAsync<AccountRuleException>(() => book.MakeAsync(One(1), [new SnapshotPanel()], [new SnapshotPicture(0, false, new byte[SnapshotBook.MaxBytes])], default));
        await Assert.ThrowsAsync<AccountRuleException>(() => book.MakeAsync(One(1), [.. Enumerable.Repeat(new SnapshotPanel(), SnapshotBook.MaxPanels + 1)], [], default));
        for (var i = 0; i < SnapshotBook.MaxSnapshots; i++) await book.MakeAsync(One(i == 0 ? 1 : 9), [], [], default);
        await Assert.ThrowsAsync<AccountRuleException>(() => book.MakeAsync(One(9), [], [], default));
        // Asked before anything is drawn.
        Assert.Throws<AccountRuleException>(() => book.CheckRoom(1, now));
        book.CheckRoom(1, now.AddDays(2));
        // One that has expired makes room.
        await book.MakeAsync(One(9) with { MadeAt = now.AddDays(2) }, [], [], default);
        Assert.Equal(SnapshotBook.MaxSnapshots, book.All(now.AddDays(2)).Count);
    }

    [Fact]
    public async Task Revoke_ThatTheStoreCannotTake_ShowsNothingAndStaysToBeRevokedAgain()
    {
        var store = new MemoryDocumentStore();
        using var book = new SnapshotBook(store);
        var now = DateTimeOffset.UnixEpoch;
        var (token, made) = await book.MakeAsync(new Snapshot { Id = "", Dashboard = "d", MadeAt = now, ExpiresAt = now.AddDays(1) }, [], [], default);
        store.Failure = new StoreUnavailableException("read-only");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => book.RevokeAsync(made.Id, default));
        Assert.Null(book.Find(token, now));
        Assert.Single(book.All(now));
        store.Failure = null;
        Assert.True(await book.RevokeAsync(made.Id, default));
        Assert.Empty(await store.ListAsync(SnapshotBook.Kind, default));
        Assert.Empty(book.All(now));
    }

    [Fact]
    public async Task Sweep_OfWhatHasExpired_LeavesNothingOfItAndWhatIsGood()
    {
        var store = new MemoryDocumentStore();
        using var book = new SnapshotBook(store);
        var now = DateTimeOffset.UnixEpoch;
        Snapshot One(int days) => new() { Id = "", Dashboard = "d", MadeAt = now, ExpiresAt = now.AddDays(days) };
        await book.MakeAsync(One(1), [new SnapshotPanel { HasPicture = true }], [new SnapshotPicture(0, false, [1]), new SnapshotPicture(0, true, [2])], default);
        var (_, good) = await book.MakeAsync(One(9), [new SnapshotPanel()], [], default);

        Assert.Equal(0, await book.SweepAsync(now.AddHours(23), default));
        Assert.Equal(1, await book.SweepAsync(now.AddDays(1), default));

        Assert.Equal(good.Id, Assert.Single(await store.ListAsync(SnapshotBook.Kind, default)).Id);
        Assert.Equal(good.Id, Assert.Single(await store.ListAsync(SnapshotBook.PanelsKind, default)).Id);
        Assert.Empty(await store.ListAsync(SnapshotBook.PictureKind, default));

        // Revoked while the store could not take it, it goes as soon as it can.
        store.Failure = new StoreUnavailableException("read-only");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => book.RevokeAsync(good.Id, default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => book.SweepAsync(now.AddDays(2), default));
        store.Failure = null;
        Assert.Equal(1, await book.SweepAsync(now.AddDays(2), default));
        Assert.Empty(await store.ListAsync(SnapshotBook.Kind, default));
    }

    [Fact]
    public async Task Make_TwoAtOnceForTheLastPlace_KeepsOne()
    {
        using var book = new SnapshotBook(new MemoryDocumentStore());
        var now = DateTimeOffset.UnixEpoch;
        Snapshot One() => new() { Id = "", Dashboard = "d", MadeAt = now, ExpiresAt = now.AddDays(1) };
        for (var i = 1; i < SnapshotBook.MaxSnapshots; i++) await book.MakeAsync(One(), [], [], default);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                return (await Task.Run(() => book.MakeAsync(One(), [], [], default))).Token;
            }
            catch (AccountRuleException)
            {
                return null;
            }
        }));

        Assert.Single(both, static token => token is not null);
        Assert.Equal(SnapshotBook.MaxSnapshots, book.All(now).Count);
    }

    [Fact]
    public async Task Snapshots_MadeByTwoAtOnce_AreTwoOfTheirOwn()
    {
        using var editor = await _accounts.SignedInAsync("twice", AccountRole.Editor, "10.7.0.1");
        var id = await DashboardAsync("Twice", "");
        await PostAsync(editor, "frozen.heat", 5);

        var made = await Task.WhenAll(MakeAsync(editor, id), MakeAsync(editor, id));

        using var stranger = new Person(_accounts.App, "10.7.0.2");
        foreach (var one in made) Assert.Contains("snapshot-figure", await TextAsync(stranger, new Uri(one.GetProperty("address").GetString()!).AbsolutePath, HttpStatusCode.OK), StringComparison.Ordinal);
        using (var revoked = await editor.Client.DeleteAsync(new Uri("/api/snapshots/" + made[0].GetProperty("id").GetString(), UriKind.Relative))) Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await TextAsync(stranger, new Uri(made[0].GetProperty("address").GetString()!).AbsolutePath, HttpStatusCode.Gone);
        await TextAsync(stranger, new Uri(made[1].GetProperty("address").GetString()!).AbsolutePath, HttpStatusCode.OK);
    }

    private async Task<string> DashboardAsync(string name, string folder)
    {
        await Dashboards.LoadAsync(default);
        return (await Dashboards.AddCopyAsync(
            new Dashboard
            {
                Id = "", Name = name, Folder = folder,
                Panels =
                [
                    new DashboardPanel { Id = "chart", Kind = PanelKind.Chart, Series = ["frozen.*"], Y = 0 },
                    new DashboardPanel { Id = "stat", Kind = PanelKind.Stat, Series = ["frozen.heat"], Y = 4 },
                    new DashboardPanel { Id = "expr", Kind = PanelKind.Stat, Title = "its expression: 1", Expression = new PanelExpression("1 + 1"), Y = 8 },
                ],
            },
            default)).Id;
    }

    private static async Task<JsonElement> MakeAsync(Person person, string dashboard, int days = 7)
    {
        using var answer = await person.Client.PostAsJsonAsync(new Uri("/api/snapshots", UriKind.Relative), new { dashboard, from = "now-1h", to = "now", name = "then", days });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task PostAsync(Person person, string series, double value, string? host = null)
    {
        // A minute ago by the clock of the test, so that it lies within what is asked for.
        using var sent = await person.Client.PostAsJsonAsync(new Uri("/api/points", UriKind.Relative), new { series, tags = host is null ? null : new { host }, value, t = fixture.Time.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds() });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    private static async Task<string> TextAsync(Person person, string path, HttpStatusCode status)
    {
        using var answer = await person.PageAsync(path);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
