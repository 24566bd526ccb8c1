using System.Text;
using System.Text.Json;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>What answers say of points that were downsampled.</summary>
public sealed class SummaryWarningTests : IAsyncLifetime
{
    private const string Square = """{"type":"Polygon","coordinates":[[[-1,-1],[20,-1],[20,20],[-1,20],[-1,-1]]]}""";
    private LiveApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await LiveApp.StartAsync(settings: ["--LiveDash:Storage:Tiers:0:Keep=raw for 1d, 1m for 30d"]);
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60).AddDays(-5);
        await _app.PostAsync(Enumerable.Range(0, 4_096).Select(i => $"{{\"series\":\"coords\",\"t\":{first.AddSeconds(i).ToUnixTimeMilliseconds()},\"value\":{(i == 2_001 ? 500 : i % 10)},\"pt\":[{i % 10},1]}}"));
        var keeper = _app.Services.GetRequiredService<StoreEngine>().Keeper;
        await keeper.SealAsync();
        // A round of upkeep that is due by its pace.
        await keeper.StepAsync(TimeProvider.System.GetUtcNow().AddSeconds(11));
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Answers_OfDownsampledPoints_SaySoAndAggregatesAreOfAll()
    {
        foreach (var path in (string[])["/api/points?series=coords", "/get_points", "/api/statistics?series=coords", "/query?q=SELECT+value+FROM+coords", "/query?q=SELECT+first(value)+FROM+coords"])
        {
            using var answer = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
            Check(path, answer);
        }

        foreach (var path in (string[])["/api/points/query?series=coords", "/api/statistics?series=coords"])
        {
            using var body = new StringContent(Square, Encoding.UTF8, "application/geo+json");
            using var answer = await _app.Client.PostAsync(new Uri(path, UriKind.Relative), body);
            Check(path, answer);
        }

        foreach (var (path, read) in ((string, string)[])[("/api/windows?series=coords&window=100", "made anew"), ("/api/anomalies?series=coords", "the last of its step")])
        {
            using var answer = await _app.Client.GetAsync(new Uri(path, UriKind.Relative));
            Check(path, answer, read);
        }

        foreach (var (rule, read) in ((string, string)[])[("""{"expr":"mean(coords, 1m) > 100","from":"now-6d"}""", "windows saw the last"), ("""{"language":"promql","expr":"coords > 100","from":"now-6d"}""", "are of all points")])
        {
            using var body = new StringContent(rule, Encoding.UTF8, "application/json");
            using var answer = await _app.Client.PostAsync(new Uri("/api/rules/preview", UriKind.Relative), body);
            Check(rule, answer, read);
        }

        using var exact = await _app.Client.GetAsync(new Uri("/query?q=SELECT+count(value),sum(value),min(value),max(value),mean(value),last(value)+FROM+coords", UriKind.Relative));
        Assert.False(exact.Headers.Contains("Warning"));
        using var json = JsonDocument.Parse(await exact.Content.ReadAsStringAsync());
        var row = json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0];
        var values = Enumerable.Range(0, 4_096).Select(static i => i == 2_001 ? 500.0 : i % 10).ToList();
        double[] expected = [4_096, values.Sum(), 0, 500, values.Average(), 5];
        Assert.All(expected.Index(), one => Assert.Equal(one.Item, row[one.Index + 1].GetDouble(), 1e-6));
    }

    [Fact]
    public async Task Statistics_OfDownsampledPoints_CountMeanLeastAndGreatestAreOfAll()
    {
        using var answer = await _app.Client.GetAsync(new Uri("/api/statistics?series=coords", UriKind.Relative));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var one = json.RootElement.GetProperty("series")[0];
        var values = Enumerable.Range(0, 4_096).Select(static i => i == 2_001 ? 500.0 : i % 10).ToList();

        Assert.Equal(4_096, json.RootElement.GetProperty("points").GetInt64());
        Assert.Equal((4_096, 0, 500), (one.GetProperty("count").GetInt64(), one.GetProperty("min").GetDouble(), one.GetProperty("max").GetDouble()));
        Assert.Equal(values.Average(), one.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(4_096, one.GetProperty("week").EnumerateArray().Sum(static cell => cell.GetProperty("count").GetInt64()));
        Assert.Contains("are of all points", Assert.Single(answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
        // Minutes of seconds from 0 to 9: the last of each is a 9, and the last one's a 5.
        Assert.Equal(9, one.GetProperty("median").GetDouble());
    }

    private static void Check(string path, HttpResponseMessage answer, string read = "")
    {
        Assert.True(answer.IsSuccessStatusCode && answer.Headers.Contains("Warning"), path);
        Assert.Contains("kept as summaries of 1m", Assert.Single(answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
        Assert.Contains(read, Assert.Single(answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }
}
