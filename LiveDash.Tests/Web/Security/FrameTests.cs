using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>Who may show which page in a frame, by what the answer says.</summary>
public sealed class FrameTests
{
    [Fact]
    public async Task FrameAncestors_Listed_MayShowWallsAndShareLinksAndNothingElse()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: ["--LiveDash:Security:FrameAncestors:0=https://Intranet.example.org/", "--LiveDash:Security:FrameAncestors:1=https://wiki.example.org:8443", "--LiveDash:Security:FrameAncestors:2=https://münchen.example"]);
        using var person = await accounts.SignedInAsync("ada");

        foreach (var path in new[] { "/wall/this-machine", "/share/none" })
        {
            using var answer = await person.PageAsync(path);
            Assert.EndsWith("frame-ancestors 'self' https://intranet.example.org https://wiki.example.org:8443 https://xn--mnchen-3ya.example", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
        }

        foreach (var path in new[] { "/", "/d/this-machine", "/sign-in", "/account", "/walls", "/api/series" })
        {
            using var answer = await person.PageAsync(path);
            Assert.EndsWith("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        }

        // By TLS the cookie of a share link comes along in frames, for each site apart; that of a sign-in never does.
        var token = await accounts.App.Services.GetRequiredService<ShareBook>().MakeAsync(new ShareLink { Id = "", Dashboard = "this-machine" }, default);
        using var visitor = new Person(accounts.App, "10.1.0.1");
        using var opened = await visitor.PageAsync("/share/" + token, ("X-Forwarded-Proto", "https"));
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"), static one => one.StartsWith("__Host-livedash-share=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("samesite=none", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; partitioned", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*")]
    [InlineData("https://a.example.org/path")]
    [InlineData("https://a.example.org; script-src *")]
    [InlineData("javascript:alert(1)")]
    [InlineData("a.example.org")]
    public async Task FrameAncestors_ThatAreNoOrigin_AreNamedAtStart(string origin)
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() => LiveApp.StartAsync(settings: "--LiveDash:Security:FrameAncestors:0=" + origin));

        Assert.Contains("LiveDash:Security:FrameAncestors", fault.Faults[0], StringComparison.Ordinal);
    }
}
