using System.Net;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Security;

public sealed class ProxyModeTests
{
    [Fact]
    public async Task Header_FromAListedProxy_SignsInWithTheRoleOfTheGroups()
    {
        await using var app = await LiveApp.StartAsync(settings:
            ["--LiveDash:Security:Mode=proxy", "--LiveDash:Security:KnownProxies:0=127.0.0.1", "--LiveDash:Security:Proxy:Roles:ops=operator", "--LiveDash:Security:Proxy:Roles:admins=administrator"]);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, "/api/series"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, HttpMethod.Get, "/api/series", ("Remote-User", "ada")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, HttpMethod.Delete, "/api/silences/none", ("Remote-User", "ada")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, HttpMethod.Delete, "/api/silences/none", ("Remote-User", "ada"), ("Remote-Groups", "staff, ops")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, "/api/series", ("Remote-User", "ada"), ("Remote-User", "root")));
    }

    [Fact]
    public async Task Header_FromAnybodyElse_IsNotLookedAt()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Security:Mode=proxy", "--LiveDash:Security:KnownProxies:0=192.0.2.1"]);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, "/api/series", ("Remote-User", "ada")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, "/api/series", ("Remote-User", "ada"), ("X-Forwarded-For", "192.0.2.1")));
    }

    private static async Task<HttpStatusCode> StatusAsync(LiveApp app, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await app.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
