using System.Net;
using LiveDash.Core.Accounts;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Every endpoint there is against everybody who may ask: what happens is what the one table says.</summary>
public sealed class AccessMatrixTests
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE"];

    [Fact]
    public async Task Endpoints_All_StandInTheTableAndTheTableNamesNoOthers()
    {
        await using var accounts = await AccountsApp.StartAsync();
        var table = new AccessTable();
        var routes = Routes(accounts);

        var missing = routes.Where(one => table.Of(one.Endpoint, one.Method) is null).Select(static one => $"{one.Method} {AccessTable.Pattern(one.Endpoint)}").Distinct().ToList();
        Assert.True(missing.Count == 0, "Nobody may call these: " + string.Join(", ", missing));
        var mapped = routes.Select(static one => AccessTable.Pattern(one.Endpoint)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = AccessTable.Routes.Concat(AccessTable.Pages).Select(static rule => rule.Pattern).Where(pattern => !mapped.Contains(pattern) && !pattern.StartsWith("/_", StringComparison.Ordinal)).ToList();
        Assert.True(unknown.Count == 0, "There are no such routes: " + string.Join(", ", unknown));
    }

    [Fact]
    public async Task Endpoints_AskedByEverybody_LetInThoseOfTheTableAlone()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: "--LiveDash:Notifications:PublicUrl=https://dash.example.org");
        var keys = accounts.App.Services.GetRequiredService<KeyBook>();
        var people = new List<(string Name, AccountRole? Role, KeyScope? Scope, HttpClient Client, string? Key)>();
        using var stranger = new Person(accounts.App);
        people.Add(("anonymous", null, null, stranger.Client, null));
        foreach (var role in Enum.GetValues<AccountRole>()) people.Add((role.ToString(), role, null, (await accounts.SignedInAsync(role.ToString().ToLowerInvariant(), role)).Client, null));
        foreach (var scope in ScopeWords.All)
        {
            var key = await keys.MakeAsync(new ApiKey { Id = "", Name = scope.ToString(), Hash = "", Scopes = scope }, default);
            people.Add(($"key {scope}", null, scope, stranger.Client, key));
        }

        using var shared = new Person(accounts.App);
        var token = await accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = "none" }, default);
        (await shared.PageAsync("/share/" + token)).Dispose();
        people.Add(("share link", null, null, shared.Client, null));

        using var reader = new Person(accounts.App);
        // Somebody who has opened what a notice carries, as any stranger might: no role comes of it.
        foreach (var address in new[] { "/notice/", "/notice-picture/" }) (await reader.PageAsync(address + accounts.App.Services.GetRequiredService<NoticeLinks>().Make(address == "/notice/" ? NoticeLinkKind.Action : NoticeLinkKind.Picture, "none"))).Dispose();
        people.Add(("action link and picture address of a notice", null, null, reader.Client, null));

        var table = new AccessTable();
        var faults = new List<string>();
        foreach (var (endpoint, method) in Routes(accounts).Where(static one => one.Endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null))
        {
            // These change who asks, or never end by themselves; they have tests of their own.
            var pattern = AccessTable.Pattern(endpoint);
            if (pattern is "/account/sign-out" or "/api/stream" || pattern.StartsWith("/_", StringComparison.Ordinal)) continue;
            var rule = table.Of(endpoint, method)!;
            foreach (var (name, role, scope, client, key) in people)
            {
                var may = rule.Role is null || role >= rule.Role || (scope is { } has && rule.Scope is { } wanted && (has & (wanted | KeyScope.Admin)) != 0) || (name == "share link" && rule.IsShared);
                var (status, code) = await AskAsync(client, method, Address(pattern), endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.FirstOrDefault(), key);
                var isLetIn = status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (isLetIn != may) faults.Add($"{name} may{(may ? "" : " not")} {method} {pattern}, and was answered {(int)status} {code}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Endpoint_ThatTheTableDoesNotName_IsNobodys()
    {
        await using var app = await LiveApp.StartAsync(
            routes: static web => ((IEndpointRouteBuilder)web).MapGet("/api/forgotten", static () => "secret"),
            settings: "--LiveDash:Security:Mode=accounts");

        using var answer = await app.Client.GetAsync(new Uri("/api/forgotten", UriKind.Relative));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "not_declared");
    }

    [Fact]
    public void Document_OfAccess_IsWhatTheTableSays()
    {
        var file = Path.Combine(SourceTree.Root, "docs", "ACCESS.md");
        var expected = AccessDocument.Write();
        var actual = File.Exists(file) ? File.ReadAllText(file) : "";

        if (Environment.GetEnvironmentVariable("LIVEDASH_WRITE_DOCS") is not null) File.WriteAllText(file, expected);
        else Assert.True(expected == actual, "docs/ACCESS.md is not what the table says. Write it anew: LIVEDASH_WRITE_DOCS=1 dotnet test --filter Document_OfAccess");
    }

    private static List<(RouteEndpoint Endpoint, string Method)> Routes(AccountsApp accounts) =>
        [.. accounts.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null ? s_methods : ["GET", "POST"]))
                .Select(method => (endpoint, method)))];

    private static string Address(string pattern) => pattern switch
    {
        "/{**path}" => "/no/such/place",
        "/openapi/{documentName}.json" => "/openapi/v1.json",
        _ => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{\w+\}", "none"),
    };

    private static async Task<(HttpStatusCode Status, string Code)> AskAsync(HttpClient client, string method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        // Of the type that the route takes, or routing leads past it.
        if (body is not null) request.Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue(body));
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "");
    }
}
