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
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/lib/uplot/uPlot.iife.min.js")]
    [InlineData("/lib/plotly/plotly.min.js")]
    public async Task Asset_Asked_IsServed(string path)
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
