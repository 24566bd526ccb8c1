using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api.Anomalies;

public sealed class AnomalyReadTests
{
    [Fact]
    public async Task Read_SpikeInAWeek_TellsWhenAndWhy()
    {
        await using var app = await LiveApp.StartAsync();
        var random = new Random(5);
        var lines = new StringBuilder();
        var start = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 2_016; i++)
        {
            var value = i == 1_500 ? 90 : 10 + random.NextDouble();
            lines.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $$"""{"series":"boiler.temp","t":"{{start.AddMinutes(5 * i):O}}","value":{{value}}}""");
            lines.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $$"""{"series":"room.temp","t":"{{start.AddMinutes(5 * i):O}}","value":{{10 + random.NextDouble()}}}""");
        }

        using var body = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var posted = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        using var answer = JsonDocument.Parse(await app.GetAsync("/api/anomalies?series=*.temp"));

        var strangest = answer.RootElement[0];
        Assert.Equal("boiler.temp", strangest.GetProperty("series").GetString());
        Assert.Equal(2_016, strangest.GetProperty("points").GetInt64());
        var stretch = Assert.Single(strangest.GetProperty("anomalies").EnumerateArray());
        Assert.Equal(start.AddMinutes(5 * 1_500), stretch.GetProperty("from").GetDateTime());
        Assert.Matches("^seen lately [0-9.]+ to 1[01.0-9]*, got 90$", stretch.GetProperty("reason").GetString());
        Assert.Empty(answer.RootElement[1].GetProperty("anomalies").EnumerateArray());
    }

    [Theory]
    [InlineData("sensitivity=7", "sensitivity")]
    [InlineData("sensitivity=wild", "sensitivity")]
    [InlineData("zone=Nowhere/Land", "zone")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=now&to=now-1d", "to")]
    [InlineData("series={", "series")]
    public async Task Read_BadParameter_IsNamed(string query, string parameter)
    {
        await using var app = await LiveApp.StartAsync();

        using var answer = await app.Client.GetAsync(new Uri("/api/anomalies?" + query, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("parameter").GetString());
    }
}
