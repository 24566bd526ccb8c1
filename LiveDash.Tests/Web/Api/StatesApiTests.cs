using System.Net.Http.Json;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

/// <summary>States over the API: sent as text, acknowledged, read as text in each format, also after a restart; judged, previewed and told in words.</summary>
public sealed class StatesApiTests
{
    [Fact]
    public async Task States_SentAsText_AreReadAsTextInEachFormatAfterARestart()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            await app.PostAsync("""{"series":"pump","t":"2026-01-01T00:00:00Z","value":"running"}""", """{"series":"pump","t":"2026-01-01T00:00:01Z","state":"=stopped, by hand"}""");
            using var lines = await app.Client.PostAsync(new Uri("/api/v3/write_lp?db=x&precision=second", UriKind.Relative), new StringContent("door state=\"open\",n=1 1764000000"));
            Assert.Equal(System.Net.HttpStatusCode.NoContent, lines.StatusCode);
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        var read = await again.GetAsync("/api/points?series=pump&fields=series,value");
        Assert.Equal("{\"series\":\"pump\",\"value\":\"running\"}\n{\"series\":\"pump\",\"value\":\"=stopped, by hand\"}\n", read);
        Assert.Equal("value\r\nrunning\r\n\"'=stopped, by hand\"\r\n", await again.GetAsync("/api/points?series=pump&fields=value&format=csv"));
        Assert.Contains("\"value\":\"open\"", await again.GetAsync("/api/points?series=door.state"), StringComparison.Ordinal);
        Assert.Contains("\"states\":[\"running\",\"=stopped, by hand\"]", await again.GetAsync("/api/series?series=pump"), StringComparison.Ordinal);
        Assert.Equal([(0d, "running"), (1d, "=stopped, by hand")], await ArrowAsync(again, "/api/points?series=pump"));
        // What is read can be sent again.
        using var resent = await again.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent(read));
        Assert.Contains("\"accepted\":2", await resent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // docs/SENDERS.md: rules, panels and senders know the series by its name, and would be given numbers for words.
    [Fact]
    public async Task States_AllDeleted_TheNameKeepsItsKindAlsoAfterARestart()
    {
        using var directory = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: directory.Path))
        {
            await app.PostAsync("""{"series":"pump","t":"2026-01-01T00:00:00Z","value":"running"}""");
            using var deleted = await app.Client.DeleteAsync(new Uri("/api/points?series=pump&from=2025&to=2027", UriKind.Relative));
            Assert.True(deleted.IsSuccessStatusCode);
            Assert.Equal("", await app.GetAsync("/api/points?series=pump"));
            await AssertKeepsItsKindAsync(app);
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await AssertKeepsItsKindAsync(again);
    }

    private static async Task AssertKeepsItsKindAsync(LiveApp app)
    {
        using var number = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent("""{"series":"pump","value":1}"""));
        Assert.Contains("\"bad_value\"", await number.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var text = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent("""{"series":"pump","value":"stopped"}"""));
        Assert.Contains("\"accepted\":1", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var deleted = await app.Client.DeleteAsync(new Uri("/api/points?series=pump&from=2025&to=2027", UriKind.Relative));
        Assert.True(deleted.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Rule_OnAState_PreviewsFiresAndSaysIt()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(
            """{"series":"pump","t":"now-60s","value":"running"}""", """{"series":"pump","t":"now-40s","value":"stopped"}""", """{"series":"pump","t":"now-20s","value":"running"}""");
        using var preview = await app.Client.PostAsJsonAsync(new Uri("/api/rules/preview", UriKind.Relative), new { expr = "state(pump) == \"stopped\"", from = "now-5m" });
        Assert.Contains("\"resolved\":true", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var made = await app.Client.PostAsJsonAsync(new Uri("/api/rules", UriKind.Relative), new { name = "pump stands", expr = "state(pump) != \"running\"" });
        Assert.True(made.IsSuccessStatusCode);
        await app.PostAsync("""{"series":"pump","value":"failed"}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/alerts")).Contains("\"text\":\"failed\"", StringComparison.Ordinal), "the alert says the state");
    }

    [Fact]
    public async Task States_AskedForAsNumbers_AreWordsOrToldAsNoNumbers()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync(
            """{"series":"plant.pump","t":"now-60s","value":"running"}""", """{"series":"plant.pump","t":"now-40s","value":"failed"}""", """{"series":"plant.flow","t":"now-40s","value":3}""");

        using var window = JsonDocument.Parse(await app.GetAsync("/api/windows?series=plant.pump&window=500&aggregates=p95"));
        var answer = window.RootElement;
        Assert.Equal((2, "failed", "running"), (answer.GetProperty("count").GetInt32(), answer.GetProperty("state").GetString(), answer.GetProperty("firstState").GetString()));
        Assert.All(["sum", "mean", "std", "min", "max", "first", "last", "rate", "slope", "p50", "p99", "p95"], name => Assert.Equal(JsonValueKind.Null, answer.GetProperty(name).ValueKind));
        Assert.DoesNotContain("state", await app.GetAsync("/api/windows?series=plant.flow&window=500"), StringComparison.OrdinalIgnoreCase);

        foreach (var address in (string[])["/api/anomalies?series=plant.pump", "/api/forecast?series=plant.pump", "/api/statistics?series=plant.pump"])
        {
            using var refused = await app.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("plant.pump holds states", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // Among others they are left out.
        Assert.DoesNotContain("plant.pump", await app.GetAsync("/api/anomalies?series=plant.*"), StringComparison.Ordinal);
        using var plot = await app.Client.PostAsJsonAsync(new Uri("/api/jobs", UriKind.Relative), new { series = "plant.pump", start = "2001", end = "now" });
        Assert.False(plot.IsSuccessStatusCode);
        Assert.Contains("holds states", await plot.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var both = await app.Client.PostAsJsonAsync(new Uri("/api/jobs", UriKind.Relative), new { series = "plant.*", start = "2001", end = "now" });
        Assert.True(both.IsSuccessStatusCode);
    }

    private static async Task<List<(double, string?)>> ArrowAsync(LiveApp app, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/vnd.apache.arrow.stream");
        using var response = await app.Client.SendAsync(request);
        using var reader = new ArrowStreamReader(await response.Content.ReadAsStreamAsync());
        var rows = new List<(double, string?)>();
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            using (batch)
            {
                var (values, states) = ((DoubleArray)batch.Column("value"), (StringArray)batch.Column("state"));
                for (var i = 0; i < batch.Length; i++) rows.Add((values.GetValue(i)!.Value, states.GetString(i)));
            }
        }

        return rows;
    }
}
