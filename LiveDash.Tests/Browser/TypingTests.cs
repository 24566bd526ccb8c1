using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is typed at a usual speed over a line of any slowness is kept, also when the page is loaded anew. The fields of a page are typed into one after another by <see cref="PageTyping"/>; those of dialogs are <see cref="EveryPageTests"/>' part, restarts <see cref="RestartedFormsTests"/>'.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const int MsAKey = 60;

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(300)]
    public async Task Fields_OfEveryPage_KeepEveryLetterOverASlowLineAndWhenItIsLoadedAnew(int delayMs)
    {
        var catalog = fixture.App.Services.GetRequiredService<SeriesCatalog>();
        foreach (var name in new[] { "typing.one", "typing.two", "coords" }) catalog.TryIntern(new SeriesKey(name), out _);
        await using var proxy = new TcpProxy(fixture.App.Address);
        var (faults, typed) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in NavPage.All.Select(static page => page.Address).Concat(["/grid", "/rules/new", "/settings/channels?add=another"]))
        {
            proxy.Delay = TimeSpan.Zero;
            await using var opened = await browser.OpenAsync(fixture.App, new Uri(proxy.Address, path).ToString(), listen: static page => page.AddInitScriptAsync(PageTyping.KeepAtStart));
            await PageWalk.PrepareAsync(opened.Page);
            var fields = await PageTyping.TypeAsync(opened.Page, proxy, TimeSpan.FromMilliseconds(delayMs), path, typed, faults);
            await PageTyping.ReloadAsync(opened.Page, path, fields, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(typed.Count >= 15, $"Only {typed.Count} fields were found: {string.Join(", ", typed)}");
    }

    [BrowserFact]
    public async Task Date_WrittenOverWhileItIsTyped_KeepsWhatWasTyped()
    {
        await using var opened = await browser.OpenAsync(fixture.App, "/anomalies");
        await opened.Page.Locator(".seg-menu button").ClickAsync();
        await opened.Page.GetByText("From … to …").ClickAsync();
        await opened.Page.GetByRole(AriaRole.Dialog).GetByLabel("From", new() { Exact = true }).FocusAsync();

        // Parts of a date are told one by one, so over a slow line the answer to one comes while the next is typed.
        var stood = await opened.Page.EvaluateAsync<string[]>(
            """
            (() => {
              const field = document.activeElement;
              field.value = '2020-01-02T03:04:05';
              field.dispatchEvent(new Event('input', { bubbles: true }));
              field.value = '2019-01-01T00:00:00';
              const typing = field.value;
              field.blur();
              field.value = '2019-01-01T00:00:00';
              return [typing, field.value];
            })()
            """);

        Assert.Equal("2020-01-02T03:04:05", stood[0]);
        Assert.StartsWith("2019-01-01T00:00", stood[1], StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Palette_TypedAtOnce_KeepsEveryLetter(int delayMs)
    {
        await using var proxy = new TcpProxy(fixture.App.Address);
        await using var opened = await browser.OpenAsync(fixture.App, new Uri(proxy.Address, "/sources").ToString());
        proxy.Delay = TimeSpan.FromMilliseconds(delayMs);

        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("the quick brown fox", new() { Delay = MsAKey });

        await Assertions.Expect(opened.Page.Locator(".palette-list")).ToHaveAttributeAsync("data-for", "the quick brown fox");
        await Assertions.Expect(opened.Page.Locator(".palette input")).ToHaveValueAsync("the quick brown fox");
    }
}
