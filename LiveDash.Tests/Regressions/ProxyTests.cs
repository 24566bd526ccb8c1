using System.Net;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Behind a true nginx: under a base path, and with a host that is not passed on. Pages were empty for ever, scripts were 404.</summary>
public sealed class ProxyTests
{
    [ToolFact("nginx")]
    public async Task Nginx_UnderABasePath_ServesThePageItsScriptsAndTheHub()
    {
        foreach (var (setting, target) in new[] { ("--PathBase=/dash", "/"), ("--PathBase=/dash", "/dash/"), ("--LiveDash:Security:KnownProxies:0=127.0.0.1", "/") }) await ServesAsync(setting, target);
    }

    private static async Task ServesAsync(string setting, string target)
    {
        await using var app = await LiveApp.StartAsync(settings: [setting]);
        await using var nginx = await Nginx.StartAsync(
            $"location /dash/ {{ proxy_pass {app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{target}; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\"; proxy_set_header X-Forwarded-Prefix /dash; }}");
        var page = await nginx.Client.GetStringAsync("/dash/");
        Assert.Contains("<base href=\"/dash/\"", page, StringComparison.Ordinal);
        foreach (var script in System.Text.RegularExpressions.Regex.Matches(page, "<script src=\"([^\"]+)\"").Select(static match => match.Groups[1].Value))
        {
            using var served = await nginx.Client.GetAsync("/dash/" + script);
            Assert.True(served.IsSuccessStatusCode, script);
        }

        using var hub = await SendAsync(nginx.Client, "/dash/_blazor/negotiate?negotiateVersion=1", nginx.Origin);
        Assert.Equal(HttpStatusCode.OK, hub.StatusCode);
        using var check = await SendAsync(nginx.Client, "/dash/api/hub-check", nginx.Origin);
        Assert.Equal(HttpStatusCode.NoContent, check.StatusCode);
        Assert.StartsWith("[", await nginx.Client.GetStringAsync("/dash/api/series"), StringComparison.Ordinal);
    }

    [ToolFact("nginx")]
    public async Task Nginx_HostNotPassedOn_ThePageIsToldWhichSettingHelps()
    {
        await using var app = await LiveApp.StartAsync();
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}; }}");
        Assert.Contains("js/hub-check", await nginx.Client.GetStringAsync("/"), StringComparison.Ordinal);
        using var check = await SendAsync(nginx.Client, "/api/hub-check", nginx.Origin);
        Assert.Equal(HttpStatusCode.Forbidden, check.StatusCode);
        using var problem = JsonDocument.Parse(await check.Content.ReadAsStringAsync());
        var detail = problem.RootElement.GetProperty("detail").GetString()!;
        Assert.Contains("LiveDash:Security:AllowedOrigins", detail, StringComparison.Ordinal);
        Assert.Contains("Host", detail, StringComparison.Ordinal);
        Assert.Contains(nginx.Origin, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forwarded_ByWhoIsNotListed_IsNotBelieved()
    {
        await using var app = await LiveApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        using var response = await app.Client.SendAsync(request);
        Assert.Contains("<base href=\"/\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_IsAnsweredAndOthersAreNot()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Security:AllowedOrigins:0=https://dash.example.org"]);
        foreach (var (origin, allowed) in new[] { ("https://dash.example.org", true), ("https://evil.example.org", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/api/points");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type");
            using var response = await app.Client.SendAsync(request);
            Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var told) && told.Single() == origin);
        }

        using var post = await SendAsync(app.Client, "/api/points", "https://dash.example.org", "{\"series\":\"cors\",\"value\":1}");
        Assert.Equal((HttpStatusCode.OK, "https://dash.example.org"), (post.StatusCode, post.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string origin, string? body = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Add("Origin", origin);
        return client.SendAsync(request);
    }
}
