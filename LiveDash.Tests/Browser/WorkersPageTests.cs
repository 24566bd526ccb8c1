using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The page of workers in the browser, over Debian's redis-server: who, since when, what, how fast, and what to know of Redis.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WorkersPageTests(Shared.Browser browser)
{
    [BrowserRedisFact]
    public async Task Workers_OneDrawsOverRedis_IsShownAsItGoes()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = await LiveApp.StartAsync(null, null, null, $"--LiveDash:Jobs:Redis={redis.Address}");
        await app.PostAsync(Enumerable.Range(0, 500).Select(static i => $$"""{"series":"load","t":{{1_793_000_000_000L + (i * 1000L)}},"value":{{i % 50}}}"""));
        await using var opened = await browser.OpenAsync(app, "/workers");
        var page = opened.Page;
        await Assertions.Expect(page.GetByText("No worker is there; jobs are kept and wait.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "appendonly" })).ToBeVisibleAsync();
        using var body = new StringContent("""{"start":"2026","end":"2027","title":"drawn elsewhere"}""", Encoding.UTF8, "application/json");
        using var submitted = await app.Client.PostAsync(new Uri("/submit", UriKind.Relative), body);
        Assert.True(submitted.IsSuccessStatusCode);

        await using var link = new RedisLink(redis.Address, "livedash:");
        using var points = new RemotePoints(app.Address, null);
        using var stop = new CancellationTokenSource();
        var worker = new RemoteWorker(new RedisDesk(link, "hall-7", TimeProvider.System), points, "hall-7", TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token);
        try
        {
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "hall-7" });
            await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(3)).ToHaveTextAsync("1", new() { Timeout = 90_000 });
            await Assertions.Expect(row).ToContainTextAsync(Environment.MachineName);
            // Its pace, and since when.
            await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(5)).Not.ToHaveTextAsync("–");
            await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(6)).ToHaveTextAsync(new Regex("^[0-9-]+ [0-9:]+$"));
            var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } });
            var grave = found.Violations.Where(static v => v.Impact is "serious" or "critical").ToList();
            Assert.True(grave.Count == 0, string.Join('\n', grave.Select(static v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(static node => node.Html))}")));
            await page.SetViewportSizeAsync(390, 844);
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, "It scrolls sideways.");
        }
        finally
        {
            await stop.CancelAsync();
            await worker;
        }

        await Assertions.Expect(page.GetByText("No worker is there; jobs are kept and wait.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        opened.AssertNoErrors();
    }
}
