using System.Text;
using System.Text.Json;
using LiveDash.Core.Jobs;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is said of points that became summaries, wherever they are shown.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TiersTests(Shared.Browser browser)
{
    private const string Said = "kept as summaries of 1m";

    [BrowserFact]
    public async Task Series_InTiers_SaysSoWhereverItIsShown()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Storage:Tiers:0:Series=old.*", "--LiveDash:Storage:Tiers:0:Keep=raw for 1d, 1m for 30d"]);
        var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - (5 * 86_400));
        // One stands out, and is not the last of its minute.
        await app.PostAsync(Enumerable.Range(0, 4_096).Select(i => $"{{\"series\":\"old.load\",\"t\":{first.AddSeconds(i).ToUnixTimeMilliseconds()},\"value\":{(i == 2_001 ? 500 : i % 10)}}}"));
        var keeper = app.Services.GetRequiredService<StoreEngine>().Keeper;
        await keeper.SealAsync();
        // A round of upkeep that is due by its pace.
        await keeper.StepAsync(TimeProvider.System.GetUtcNow().AddSeconds(11));

        using var read = await app.Client.GetAsync(new Uri("/api/points?series=old.load", UriKind.Relative));
        Assert.InRange((await read.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 69, 70);
        Assert.Contains(Said, Assert.Single(read.Headers.GetValues("Warning")), StringComparison.Ordinal);

        var answer = JsonDocument.Parse(await app.GetAsync($"/api/v1/query?query=max_over_time(old.load[2h])&time={first.ToUnixTimeSeconds() + 4_200}")).RootElement;
        Assert.Contains(Said, Assert.Single(answer.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal("500", answer.GetProperty("data").GetProperty("result")[0].GetProperty("value")[1].GetString());

        var plot = await PlotAsync(app, first);
        Assert.Contains(Said, plot, StringComparison.Ordinal);
        Assert.Contains(">500<", plot, StringComparison.Ordinal);

        await using var page = await browser.OpenAsync(app, "/explore?expr=old.load&last=7d");
        await Assertions.Expect(page.Page.Locator(".live-kept")).ToContainTextAsync(Said);
        await Assertions.Expect(page.Page.Locator(".live-chart")).ToHaveAttributeAsync("data-lines", "1");
        page.AssertNoErrors();
    }

    private static async Task<string> PlotAsync(LiveApp app, DateTimeOffset first)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { series = new[] { "old.load" }, start = first.AddHours(-1), end = first.AddHours(2) }), Encoding.UTF8, "application/json");
        using var submitted = await app.Client.PostAsync(new Uri("/api/jobs", UriKind.Relative), body);
        var id = JsonDocument.Parse(await submitted.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        var book = app.Services.GetRequiredService<JobBook>();
        await Wait.UntilAsync(() => book.Find(id)!.IsFinished, "the plot is drawn");
        return await app.GetAsync($"/api/jobs/{id}/image?format=svg");
    }
}
