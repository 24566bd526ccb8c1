using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>A page that follows another is drawn once, as it is meant: not without its style sheet first.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageSheetTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const string IsSeen = "getComputedStyle(document.querySelector('[data-sheet]')).visibility";

    [BrowserFact]
    public async Task Page_WhoseSheetIsUnderWay_IsSeenOnceItIsThere()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/silences");
        var page = opened.Page;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/css/channels*.css", async route =>
        {
            asked.TrySetResult();
            await sent.Task;
            await route.ContinueAsync();
        });
        // The wait for a sheet that never comes is not this test's.
        await page.AddStyleTagAsync(new() { Content = "[data-sheet] { animation-delay: 1000s !important; }" });

        await page.Locator(".rail a[href='settings/channels']").ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.Locator("[data-sheet=channels]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal("hidden", await page.EvaluateAsync<string>(IsSeen));
        sent.SetResult();

        await page.WaitForFunctionAsync($"() => {IsSeen} === 'visible'");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Page_WhoseSheetDoesNotCome_IsSeenAllTheSame()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/silences");
        await opened.Page.RouteAsync("**/css/channels*.css", static route => route.AbortAsync());

        await opened.Page.Locator(".rail a[href='settings/channels']").ClickAsync();

        await opened.Page.Locator("[data-sheet=channels]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await opened.Page.WaitForFunctionAsync($"() => {IsSeen} === 'visible'");
    }
}
