using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Security;

public sealed class HeaderTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/api/no-such-route")]
    public async Task Answer_Any_CarriesTheGuards(string path)
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri(path, UriKind.Relative));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task StyleSheet_WhichIsNoDocument_CarriesOnlyThatItIsNotToBeGuessed()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/app.css", UriKind.Relative));

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Page_Served_HoldsNoInlineScript()
    {
        var html = await fixture.App.Client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)[^>]*>", html);
        Assert.DoesNotMatch("<[a-z][^>]*\\son[a-z]+=", html);
    }
}
