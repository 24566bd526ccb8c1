using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api.Statistics;

public sealed class StatisticsApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task Statistics_OfTwoSeries_AreTold()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 50).SelectMany(static i => new[]
        {
            $$"""{"series":"stats.a","t":{{1_700_000_000_000 + (i * 1000)}},"value":{{i}},"pt":[{{i}},1]}""",
            $$"""{"series":"stats.b","t":{{1_700_000_000_000 + (i * 1000)}},"value":{{2 * i}},"pt":[{{i}},1]}""",
        }));

        using var answer = JsonDocument.Parse(await fixture.App.GetAsync("/api/statistics?series=stats.*&zone=Europe/Berlin&bins=10"));

        var root = answer.RootElement;
        Assert.Equal(100, root.GetProperty("points").GetInt64());
        Assert.Equal(11, root.GetProperty("edges").GetArrayLength());
        var first = root.GetProperty("series")[0];
        Assert.Equal(("stats.a", 24.5), (first.GetProperty("series").GetString(), first.GetProperty("median").GetDouble()));
        Assert.Equal(1, Assert.Single(root.GetProperty("correlations").EnumerateArray()).GetProperty("r").GetDouble(), 9);
        Assert.Equal("Tuesday", first.GetProperty("week")[0].GetProperty("day").GetString());

        using var body = new StringContent("""{"type":"Polygon","coordinates":[[[-1,0],[9.5,0],[9.5,2],[-1,2],[-1,0]]]}""", Encoding.UTF8, "application/geo+json");
        using var within = await fixture.App.Client.PostAsync(new Uri("/api/statistics?series=stats.a", UriKind.Relative), body);
        using var told = JsonDocument.Parse(await within.Content.ReadAsStringAsync());
        Assert.Equal(10, told.RootElement.GetProperty("points").GetInt64());
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=now&to=now-1d", "to")]
    [InlineData("zone=Nowhere/Land", "zone")]
    [InlineData("bins=1", "bins")]
    [InlineData("series={", "series")]
    public async Task Statistics_BadParameter_IsNamed(string query, string parameter)
    {
        using var answer = await fixture.App.Client.GetAsync(new Uri("/api/statistics?" + query, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("parameter").GetString());
    }
}
