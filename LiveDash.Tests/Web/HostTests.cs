using System.Net;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web;

public sealed class HostTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task FirstPage_Asked_IsServed()
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("LiveDash", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/metrics")]
    [InlineData("/api/series")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/js/live.js")]
    public async Task Head_WhereGetIsTaken_IsAnsweredWithoutABody(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/points")]
    [InlineData("/get_points")]
    [InlineData("/api/stream?series=a")]
    public async Task Head_OfAStream_IsRefused(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.DoesNotContain("HEAD", answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/lib/uplot/uPlot.iife.min.js")]
    [InlineData("/_content/Plotly.Blazor/plotly-3.7.0.min.js")]
    public async Task Asset_Asked_IsServed(string path)
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
