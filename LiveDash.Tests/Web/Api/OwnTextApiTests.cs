using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>What LiveDash's own text asks of series, asked of the true app and judged by it.</summary>
public sealed class OwnTextApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Fact]
    public async Task Query_OwnTextWithinPromQl_IsAnswered()
    {
        await fixture.App.PostAsync(
            """{"series":"own.pump","tags":{"n":"1"},"value":"stopped"}""", """{"series":"own.pump","tags":{"n":"2"},"value":"running"}""",
            """{"series":"own.place","pt":[1,1],"value":5}""", """{"series":"own.place","pt":[9,9],"value":7}""", """{"series":"own.place","value":9}""");

        Assert.Equal("1", Assert.Single(await AskAsync("state(own.pump{n=*}) == \"stopped\"")).GetProperty("labels").GetProperty("n").GetString());
        Assert.Equal(5, Value(Assert.Single(await AskAsync("sum(own.place, 500, within(0 0, 2 0, 2 2, 0 2))"))));
        Assert.Equal(42, Value(Assert.Single(await AskAsync("sum(last(own.place, 1) + on () count(own.place, 1h) * 11)"))));
        Assert.Empty(await AskAsync("not mean(own.place, 1h) < 100"));
        Assert.Contains("\"21\"]", await fixture.App.GetAsync("/api/v1/query?query=" + Uri.EscapeDataString("sum(own.place, 1h)")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("livedash", "count(own.crowd, 1h, within(0 0, 2 0, 2 2, 0 2)) > 1 critical 3")]
    [InlineData("promql", "sum(count(own.crowd, 1h, within(0 0, 2 0, 2 2, 0 2))) > 1")]
    public async Task Rule_OnPointsWithinAPolygon_FiresAsTheyArrive(string language, string expr)
    {
        using var made = await fixture.App.Client.PostAsJsonAsync("/api/rules", new { name = "crowd " + language, language, expr });
        var rule = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((expr, language), (rule.GetProperty("expr").GetString(), rule.GetProperty("language").GetString()));

        await fixture.App.PostAsync("""{"series":"own.crowd","pt":[1,1],"value":1}""", """{"series":"own.crowd","pt":[5,5],"value":1}""", """{"series":"own.crowd","pt":[1,2],"value":1}""");

        await Wait.UntilAsync(async () => (await fixture.App.GetAsync("/api/alerts")).Contains("crowd " + language, StringComparison.Ordinal), "two points lie within");
    }

    private async Task<List<JsonElement>> AskAsync(string expr) =>
        [.. JsonDocument.Parse(await fixture.App.GetAsync("/api/query?expr=" + Uri.EscapeDataString(expr))).RootElement.GetProperty("series").EnumerateArray()];

    private static double Value(JsonElement series) => series.GetProperty("points")[0][1].GetDouble();
}
