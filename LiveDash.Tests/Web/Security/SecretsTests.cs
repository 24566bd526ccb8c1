using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Core.Collections;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Notifications;
using LiveDash.Core.Storage;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Secrets;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Web.Security;

/// <summary>Marked secrets wherever one can be set, and a search for them in everything that comes out again. <see cref="SecretPlaces"/> lists where.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task Secrets_SeededEverywhere_ComeOutNowhere()
    {
        using var data = new TempDirectory();
        LogCapture log;
        List<string> marks;
        await using (var accounts = await AccountsApp.StartAsync(
            static services => services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Debug)), data.Path, [.. SecretPlaces.Settings.Select(static one => $"--{one.Key}={one.Value}"), "--LiveDash:Sources:filed:enabled=false", "--LiveDash:Backup:Folder=" + Path.Combine(data.Path, "backups")]))
        {
            log = accounts.Log;
            using var owner = await accounts.SignedInAsync("ada", AccountRole.Administrator);
            marks = [SecretPlaces.Mark, Person.Password, .. await SeedAsync(accounts, owner)];
            var outputs = await OutputsAsync(accounts, owner);

            // That they were set at all, and that something was asked that could tell them.
            Assert.Contains(SecretPlaces.Mark, accounts.App.Services.GetRequiredService<ChannelBook>().Find("post")!.Secret, StringComparison.Ordinal);
            Assert.True(outputs.Count > 60 && outputs.ContainsKey("/metrics") && outputs["/api/settings/channels"].Contains("post", StringComparison.Ordinal), string.Join(' ', outputs.Keys));
            AssertNone(marks, outputs);
        }

        // The address of the first administrator is printed for the owner of the machine, and is no use any more.
        AssertNone(marks, log.Entries.Where(static entry => !entry.Text.Contains("/join/", StringComparison.Ordinal)).Select(static (entry, i) => ($"log {i} {entry.Category}", entry.Text + entry.Exception)).ToDictionary());
        var files = FilesOf(data.Path);
        Assert.Contains(files.Keys, static file => file.Contains("backups", StringComparison.Ordinal) && file.EndsWith(".db", StringComparison.Ordinal));
        AssertNone(marks, files);
        // What the commands say on the same data with the same settings, of faults and of a start that fails, too; and what they leave behind.
        AssertNone(marks, await CommandsAsync(data.Path));
        AssertNone(marks, FilesOf(data.Path));
    }

    [Theory]
    [InlineData("LiveDash:Storage:MongoDB")]
    [InlineData("LiveDash:Storage:PostgreSQL")]
    public async Task Secret_OfAStoreThatIsAway_IsInNothingThatIsSaid(string setting)
    {
        var log = new LogCapture();

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => LiveApp.StartAsync(
            builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug), settings: $"--{setting}={SecretPlaces.Stores[setting]}"));

        Assert.Contains("127.0.0.1", fault.ToString(), StringComparison.Ordinal);
        AssertNone([SecretPlaces.Mark], log.Entries.Select(static (entry, i) => ($"log {i}", entry.Text + entry.Exception)).Append(("fault", fault.ToString())).ToDictionary());
    }

    [Fact]
    public async Task Secret_OfAQueueThatIsAway_IsInNothingThatIsSaid()
    {
        var log = new LogCapture();
        await using var app = await LiveApp.StartAsync(
            builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug), settings: $"--{SecretPlaces.OtherQueue.Key}={SecretPlaces.OtherQueue.Value}");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/workers")).Contains("no server answers there", StringComparison.Ordinal), "the queue is said to be away");

        AssertNone([SecretPlaces.Mark], log.Entries.Select(static (entry, i) => ($"log {i}", entry.Text + entry.Exception)).Append(("workers", await app.GetAsync("/api/workers"))).Append(("metrics", await app.GetAsync("/metrics"))).ToDictionary());
    }

    [Theory]
    [InlineData("LiveDash:Storage:MongoDB")]
    [InlineData("LiveDash:Storage:PostgreSQL")]
    [InlineData("LiveDash:Connections:lab")]
    [InlineData("LiveDash:Jobs:Redis")]
    [InlineData("LiveDash:Otlp:Export:Endpoint")]
    [InlineData("LiveDash:Security:Oidc:ClientSecret")]
    public async Task Secret_OfASettingThatCannotBeRead_IsInNothingThatIsSaid(string setting)
    {
        var log = new LogCapture();
        Exception? fault = null;
        try
        {
            // With all the others, and something that is wrong for sure: what ends the start must tell none of them.
            await using var app = await LiveApp.StartAsync(
                builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug),
                settings: [.. SecretPlaces.Settings.Select(static one => $"--{one.Key}={one.Value}"), "--LiveDash:Security:Mode=accounts", $"--{setting}=nonsense;password={SecretPlaces.Mark}", "--LiveDash:Limits:MaxQueuedJobs=nonsense"]);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Assert.NotNull(fault);
        AssertNone([SecretPlaces.Mark], log.Entries.Select(static (entry, i) => ($"log {i}", entry.Text + entry.Exception)).Append(("fault", fault.ToString())).ToDictionary());
    }

    [Fact]
    public void Places_OfTheCode_AreAllKnownToTheTest()
    {
        // A new field of a channel or a connection must be said to be a secret or not.
        Assert.Equal(SecretPlaces.ChannelSecrets.Concat(SecretPlaces.ChannelPlain).Order(), typeof(ChannelConfig).GetProperties().Select(static one => one.Name).Order());
        Assert.Equal(["Address", "Name"], typeof(CollectionConnection).GetProperties().Select(static one => one.Name).Order());
        // A setting that the README calls a connection string, a key or a password.
        var rows = File.ReadAllLines(Path.Combine(SourceTree.Root, "README.md")).Where(static line => line.StartsWith("| `LiveDash:", StringComparison.Ordinal))
            .Where(static line => Regex.IsMatch(line, "connection string|PostgreSQL|password|Key`|Secret`|Redis`|Export:Endpoint`", RegexOptions.IgnoreCase)).ToList();
        var unseeded = rows.Where(static row => !SecretPlaces.Settings.Concat(SecretPlaces.Stores).Append(SecretPlaces.OtherQueue).Any(one => row.Contains(SecretPlaces.InReadme(one.Key), StringComparison.Ordinal)) && !SecretPlaces.NoSecrets.Any(row.Contains)).ToList();
        Assert.True(unseeded.Count == 0, "Say in SecretPlaces what these hold: " + string.Join('\n', unseeded));
    }

    [Fact]
    public async Task PlainDocuments_OfEarlierVersions_AreReadAndEncrypted()
    {
        using var data = new TempDirectory();
        var channels = Encoding.UTF8.GetBytes($$"""[{"name":"old","kind":"webhook","url":"http://127.0.0.1:1/","secret":"{{SecretPlaces.Mark}}"}]""");
        await using (var first = await LiveApp.StartAsync(dataDirectory: data.Path))
        {
            await first.Services.GetRequiredKeyedService<IDocumentStore>(SecretsServices.Plain).ApplyAsync([new DocumentChange("settings", "channels", channels)], default);
        }

        Directory.CreateDirectory(Path.Combine(data.Path, "keys"));
        await File.WriteAllTextAsync(Path.Combine(data.Path, "keys", "key-1.xml"), "<key/>");
        Assert.Contains(FilesOf(data.Path).Values, static text => text.Contains(SecretPlaces.Mark, StringComparison.Ordinal));

        await using (var second = await LiveApp.StartAsync(dataDirectory: data.Path))
        {
            Assert.Equal(SecretPlaces.Mark, second.Services.GetRequiredService<ChannelBook>().Find("old")!.Secret);
        }

        AssertNone([SecretPlaces.Mark], FilesOf(data.Path));
        Assert.False(Directory.Exists(Path.Combine(data.Path, "keys")));
        await using var third = await LiveApp.StartAsync(dataDirectory: data.Path);
        Assert.Equal(SecretPlaces.Mark, third.Services.GetRequiredService<ChannelBook>().Find("old")!.Secret);
    }

    [Fact]
    public async Task KeyFile_OfAnother_LeavesSecretsOutSaysSoAndStartsAllTheSame()
    {
        using var data = new TempDirectory();
        var key = Path.Combine(data.Path, "livedash.key");
        await using (var first = await LiveApp.StartAsync(dataDirectory: data.Path))
        {
            await first.Services.GetRequiredService<ChannelBook>().SaveAsync([new ChannelConfig { Name = "ops", Kind = "log" }], default);
            await first.PostAsync("""{"series":"a","value":1}""");
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        var good = await File.ReadAllTextAsync(key);
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        var log = new LogCapture();
        await using (var second = await LiveApp.StartAsync(builder => builder.Logging.AddProvider(log), data.Path))
        {
            Assert.Empty(second.Services.GetRequiredService<ChannelBook>().Channels);
            Assert.Contains(log.Entries, entry => entry.Text.Contains("Put that key file back", StringComparison.Ordinal) && entry.Text.Contains(key, StringComparison.Ordinal));
            Assert.Contains("\"value\":1", await second.GetAsync("/api/points?series=a"), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(key, good);
        await using var third = await LiveApp.StartAsync(dataDirectory: data.Path);
        Assert.NotNull(third.Services.GetRequiredService<ChannelBook>().Find("ops"));
    }

    [Fact]
    public async Task KeyFile_ThatHoldsSomethingElse_IsNamedAtStart()
    {
        using var data = new TempDirectory();
        var file = Path.Combine(data.Path, "short.key");
        await File.WriteAllTextAsync(file, "not a key");

        var fault = await Assert.ThrowsAsync<LiveDash.Core.Configuration.SettingsException>(() => LiveApp.StartAsync(dataDirectory: data.Path, settings: "--LiveDash:Security:KeyFile=" + file));

        Assert.Contains("LiveDash:Security:KeyFile", fault.Faults[0], StringComparison.Ordinal);
        Assert.DoesNotContain("not a key", fault.Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_PutInThePlaceOfAnother_CannotBeRead()
    {
        await using var app = await LiveApp.StartAsync();
        var (plain, store) = (app.Services.GetRequiredKeyedService<IDocumentStore>(SecretsServices.Plain), app.Services.GetRequiredService<SealedStore>());
        await store.ApplyAsync([new DocumentChange("sources", "a", "{}"u8.ToArray()), new DocumentChange("dashboard", "a", "{}"u8.ToArray())], default);

        var kept = await plain.GetAsync("sources", "a", default);
        await plain.ApplyAsync([new DocumentChange("sources", "b", kept)], default);

        Assert.Equal("{}"u8.ToArray(), await plain.GetAsync("dashboard", "a", default));
        Assert.Equal("{}"u8.ToArray(), await store.GetAsync("sources", "a", default));
        Assert.Null(await store.GetAsync("sources", "b", default));
        Assert.Equal(["a"], (await store.ListAsync("sources", default)).Select(static one => one.Id));
    }

    private static async Task<Dictionary<string, string>> CommandsAsync(string data)
    {
        using var elsewhere = new TempDirectory();
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string[] settings = [$"--LiveDash:DataDirectory={data}", "--LiveDash:Security:Mode=accounts", .. SecretPlaces.Settings.Select(static one => $"--{one.Key}={one.Value}")];
        var file = Path.Combine(elsewhere.Path, "backup.db");
        (string[] Command, int Code)[] commands =
        [
            (["check"], 0), (["backup", file], 0), (["backup", file], 2), (["verify", file], 0), (["verify", file + ".none"], 1), (["restore", file], 0), (["repair"], 0), (["check", "--LiveDash:Limits:MaxTags=nonsense"], 2),
            // A start that comes to nothing, as it ends a process that crashes.
            (["--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"], 2), (["--LiveDash:Engine:Shards=-1"], 2),
        ];
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var (output, error) = (Console.Out, Console.Error);
        for (var i = 0; i < commands.Length; i++)
        {
            await using var said = new StringWriter();
            var both = TextWriter.Synchronized(said);
            Console.SetOut(both);
            Console.SetError(both);
            int code;
            try
            {
                code = await LiveDash.Web.LiveDashApp.RunAsync([.. commands[i].Command, .. settings]);
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(error);
            }

            Assert.True(code == commands[i].Code, $"{string.Join(' ', commands[i].Command)}: {code} {said}");
            Assert.NotEqual("", said.ToString());
            outputs[$"{i} {commands[i].Command[0]}"] = said.ToString();
        }

        return outputs;
    }

    // What is shown once, and kept as a hash alone.
    private static async Task<List<string>> SeedAsync(AccountsApp accounts, Person owner)
    {
        var services = accounts.App.Services;
        await PutAsync(owner, "/api/settings/channels", SecretPlaces.Channels);
        await PutAsync(owner, "/api/settings/collections", SecretPlaces.Collections);
        foreach (var kind in services.GetRequiredService<SourceBook>().Kinds.Where(static kind => kind.Fields.Any(static field => field.Type == SourceFieldType.Secret)))
        {
            var body = SecretPlaces.Source(kind);
            await PutAsync(owner, "/api/settings/sources/" + kind.Name, body);
            // What goes wrong must not tell it either.
            using var tried = await owner.Client.PostAsync(new Uri($"/api/settings/sources/{kind.Name}/test", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
            AssertNone([SecretPlaces.Mark], new Dictionary<string, string> { ["test of " + kind.Name] = await tried.Content.ReadAsStringAsync() });
        }

        foreach (var name in new[] { "post", "mail" })
        {
            using var tried = await owner.Client.PostAsync(new Uri($"/api/settings/channels/{name}/test", UriKind.Relative), null);
            AssertNone([SecretPlaces.Mark], new Dictionary<string, string> { ["test of " + name] = await tried.Content.ReadAsStringAsync() });
        }

        // A second factor as an app and a person have it.
        var factors = services.GetRequiredService<FactorBook>();
        var ada = services.GetRequiredService<AccountBook>().FindByName("ADA")!.Id;
        await factors.BeginAsync(ada, "MARKEDKEYOFANAPP2345", DateTimeOffset.UnixEpoch, default);
        await factors.ConfirmAsync(ada, default);
        await factors.ReplaceCodesAsync(ada, ["MARKED-RECOVERY"], default);
        var (id, now) = (services.GetRequiredService<AccountBook>().FindByName("ADA")!.Id, DateTimeOffset.UnixEpoch.AddYears(200));
        return
        [
            "MARKEDKEYOFANAPP2345", "MARKED-RECOVERY",
            await services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "k", Hash = "", Scopes = KeyScope.Ingest }, default),
            "marked words of a share", await services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = "this-machine", PasswordHash = services.GetRequiredService<SharedCookies>().Hash("marked words of a share") }, default),
            await services.GetRequiredService<TicketBook>().MakeAsync(ticket => new AccountTicket { Id = ticket, Purpose = TicketPurpose.Reset, ExpiresAt = now, UserId = id }, now.AddDays(-1), default),
        ];
    }

    private static async Task PutAsync(Person owner, string path, string body)
    {
        using var answer = await owner.Client.PutAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, $"{path} {body} {await answer.Content.ReadAsStringAsync()}");
    }

    // Every route that is read, pages too, as an administrator; exports by Accept besides.
    private static async Task<Dictionary<string, string>> OutputsAsync(AccountsApp accounts, Person owner)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var endpoint in accounts.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || (methods is null && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null) || methods?.Contains("GET") == false) continue;
            var pattern = AccessTable.Pattern(endpoint);
            if (pattern is "/api/stream" || pattern.StartsWith("/_", StringComparison.Ordinal)) continue;
            var names = pattern.Contains("sources", StringComparison.Ordinal) ? "mqtt" : "post";
            outputs[pattern] = await ReadAsync(owner.Client, pattern == "/openapi/{documentName}.json" ? "/openapi/v1.json" : Regex.Replace(pattern, @"\{[\w*]+\}", names), "*/*");
        }

        await PagesByAddressAsync(accounts, outputs);
        using (var made = await owner.Client.PostAsync(new Uri("/api/backups", UriKind.Relative), null)) outputs["backup"] = await made.Content.ReadAsStringAsync();
        outputs["audit as JSON"] = await ReadAsync(owner.Client, "/api/audit?limit=20000", "application/json");
        outputs["rules as YAML"] = await ReadAsync(owner.Client, "/api/rules/export?format=yaml", "*/*");
        outputs["audit as CSV"] = await ReadAsync(owner.Client, "/api/audit?limit=20000", "text/csv");
        outputs["metrics as OpenMetrics"] = await ReadAsync(owner.Client, "/metrics", "application/openmetrics-text");
        outputs["a wrong channel"] = await (await owner.Client.PutAsync(new Uri("/api/settings/channels", UriKind.Relative), JsonContent.Create(new { name = "post", kind = "webhook", url = "nowhere", secret = SecretPlaces.Mark }))).Content.ReadAsStringAsync();
        return outputs;
    }

    // What strangers see who have an address: a shared dashboard, a snapshot, the page of a notice.
    private static async Task PagesByAddressAsync(AccountsApp accounts, Dictionary<string, string> outputs)
    {
        var services = accounts.App.Services;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var dashboards = services.GetRequiredService<DashboardBook>();
        await dashboards.LoadAsync(default);
        var id = (await dashboards.CreateAsync("By address", default)).Id;
        using var stranger = new Person(accounts.App);
        // Addresses of their own: what opens a page stands in it.
        var open = await services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = id }, default);
        var (frozen, _) = await services.GetRequiredService<SnapshotMaker>().MakeAsync(dashboards.Find(id)!, new Dictionary<string, string>(), new LiveDash.Core.Model.TimeRange(now.AddHours(-1).UtcTicks, now.UtcTicks), "then", 1, "ada", default);
        foreach (var path in new[] { "/share/" + open, "/wall/" + id, "/snapshot/" + frozen, "/notice/none", "/sign-in", "/sign-in/forgotten" })
        {
            using var page = await stranger.PageAsync(path);
            Assert.True(page.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.Gone, $"{path} {page.StatusCode}");
            outputs["by address " + path.Split('/')[1] + path.Length] = page.Headers + await page.Content.ReadAsStringAsync();
        }
    }

    private static async Task<string> ReadAsync(HttpClient client, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);
        return answer.Headers + await answer.Content.ReadAsStringAsync();
    }

    private static Dictionary<string, string> FilesOf(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) is not ("ballast" or "reserve"))
            .ToDictionary(static file => file, static file => Encoding.Latin1.GetString(File.ReadAllBytes(file)));

    // As it is, and as JSON, an address or markup would write it.
    private static void AssertNone(IEnumerable<string> marks, IReadOnlyDictionary<string, string> outputs)
    {
        var forms = marks.SelectMany(static mark => new[] { mark, JsonEncodedText.Encode(mark).ToString(), Uri.EscapeDataString(mark), WebUtility.HtmlEncode(mark) }).Distinct().ToList();
        var faults = outputs.SelectMany(output => forms.Where(form => output.Value.Contains(form, StringComparison.Ordinal)).Select(form => $"{output.Key}: ...{Around(output.Value, form)}...")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Around(string text, string form) => text.Substring(Math.Max(0, text.IndexOf(form, StringComparison.Ordinal) - 150), Math.Min(200, text.Length - Math.Max(0, text.IndexOf(form, StringComparison.Ordinal) - 150)));
}
