using System.Net.Http.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What holds for every page of the navigation, with real data on it: accessible, within the screen, without errors.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EveryPageTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private static readonly string[] s_grave = ["serious", "critical"];

    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    [BrowserFact]
    public Task Pages_Light_AreAccessible() => CheckAsync(new() { ColorScheme = ColorScheme.Light }, AssertAccessibleAsync);

    [BrowserFact]
    public Task Pages_Dark_AreAccessible() => CheckAsync(new() { ColorScheme = ColorScheme.Dark }, AssertAccessibleAsync);

    [BrowserFact]
    public Task Pages_OnAPhone_DoNotScrollSideways() => CheckAsync(
        new() { ViewportSize = new() { Width = 390, Height = 844 } }, async (page, path) =>
    {
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(wide <= 390, $"{path} is {wide} px wide");
    });

    private static async Task AssertAccessibleAsync(IPage page, string path)
    {
        var found = await page.RunAxe(s_rules);
        var grave = found.Violations.Where(violation => s_grave.Contains(violation.Impact)).ToList();
        Assert.True(grave.Count == 0, path + ":\n" + string.Join('\n', grave.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(node => node.Html))}")));
    }

    private async Task CheckAsync(BrowserNewContextOptions options, Func<IPage, string, Task> check)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(55).ToUnixTimeMilliseconds();
        var points = Enumerable.Range(0, 50).Select(i => new { series = "every.page", value = Math.Sin(i / 5.0), t = now + (i * 1000), pt = new[] { i, i } });
        using var answer = await fixture.App.Client.PostAsJsonAsync("/api/points", points);
        answer.EnsureSuccessStatusCode();
        foreach (var path in NavPage.All.Select(static page => page.Address).Concat(["/grid", "/d/no-such-dashboard"]))
        {
            await using var opened = await browser.OpenAsync(fixture.App, path, options);
            await check(opened.Page, path);
            opened.AssertNoErrors();
        }
    }
}
