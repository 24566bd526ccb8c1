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

        using var exact = await _app.Client.GetAsync(new Uri("/query?q=SELECT+count(value),sum(value),min(value),max(value),mean(value),last(value)+FROM+coords", UriKind.Relative));
        Assert.False(exact.Headers.Contains("Warning"));
        using var json = JsonDocument.Parse(await exact.Content.ReadAsStringAsync());
        var row = json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0];
        var values = Enumerable.Range(0, 4_096).Select(static i => i == 2_001 ? 500.0 : i % 10).ToList();
        double[] expected = [4_096, values.Sum(), 0, 500, values.Average(), 5];
        Assert.All(expected.Index(), one => Assert.Equal(one.Item, row[one.Index + 1].GetDouble(), 1e-6));
    }

    private static void Check(string path, HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode && answer.Headers.Contains("Warning"), path);
        Assert.Contains("kept as summaries of 1m", Assert.Single(answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }
}
