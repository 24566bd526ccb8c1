using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>What is typed at a usual speed over a line of any slowness is kept, also over a restart. The fields of a page are typed into one after another by <see cref="PageTyping"/>.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const int MsAKey = 60;
    private const string Secret = "half-a-secret-7";

    private static readonly HalfForm[] s_forms =
    [
        new("/rules/new", [], [("Name", "Half a rule"), ("Rule, as text", "mean(shop.load, 30s) > 8"), ("Message", "It is half.")]),
        new("/dashboards", ["New dashboard"], [("Name", "Half a dashboard")], "dialog"),
        new("/", ["Add panel"], [("Title", "Half a panel"), ("Series", "shop.*")], ".panel-editor"),
        new("/settings/channels?add=another", [], [("Name", "half")], "dialog", "Headers and signature") { Secrets = ["Address", "Headers", "Signing secret"] },
        new("/sources", ["Add a connection"], [("Name", "half")], ".collections") { Secrets = ["Address"] },
        new("/plots", ["New plot"], [("Title", "Half a plot")], Folded: "Size, colours and words"),
        new("/settings/windows", [], [("Size", "77")], ".window-editor"),
    ];

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
        await opened.Page.Locator("#range-from").WaitForAsync();

        // Parts of a date are told one by one, so over a slow line the answer to one comes while the next is typed.
        var stood = await opened.Page.EvaluateAsync<string[]>(
            """
            (() => {
              const field = document.querySelector('#range-from');
              field.focus();
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

    [BrowserFact]
    public async Task Forms_NotSaved_SurviveARestartOfTheServerWithoutTheirSecrets()
    {
        using var directory = new TempDirectory();
        var app = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await using var proxy = new TcpProxy(app.Address);
        // There is a dashboard to put a panel on.
        await app.PostAsync("""{"series":"shop.load","value":1}""");
        var opened = new List<BrowserPage>();
        try
        {
            foreach (var form in s_forms)
            {
                var one = await browser.OpenAsync(app, new Uri(proxy.Address, form.Path).ToString(), listen: static page => page.AddInitScriptAsync(PageTyping.KeepAtStart));
                opened.Add(one);
                await OpenAsync(one.Page, form);
                foreach (var (label, text) in form.Fields) await Field(one.Page, form, label).FillAsync(text);
                foreach (var label in form.Secrets) await Field(one.Page, form, label).FillAsync(Secret);
                await one.Page.EvaluateAsync("document.documentElement.dataset.same = true");
            }

            proxy.Cut();
            await app.DisposeAsync();
            await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
            proxy.Restore(restarted.Address);
            foreach (var (one, form) in opened.Zip(s_forms))
            {
                await one.Page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
                var kept = await one.Page.EvaluateAsync<string>("window.keptAtStart");
                Assert.Contains(form.Fields[0].Text, kept, StringComparison.Ordinal);
                Assert.DoesNotContain(Secret, kept, StringComparison.Ordinal);
                // A dialog is not open any more; opened again, it holds what was typed.
                await OpenAsync(one.Page, form);
                foreach (var (label, text) in form.Fields) await Assertions.Expect(Field(one.Page, form, label)).ToHaveValueAsync(text);
                foreach (var label in form.Secrets) await Assertions.Expect(Field(one.Page, form, label)).ToHaveValueAsync("");
            }

            // The server knows of it too.
            await Assertions.Expect(opened[0].Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();
            var dialog = opened[1].Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
            await opened[1].Page.IsAtAsync("**/d/**");
            await Assertions.Expect(opened[1].Page.GetByRole(AriaRole.Heading, new() { Name = "Half a dashboard" })).ToBeVisibleAsync();
        }
        finally
        {
            foreach (var one in opened) await one.DisposeAsync();
        }
    }

    private static async Task OpenAsync(IPage page, HalfForm form)
    {
        foreach (var opener in form.Openers) await page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true }).First.ClickAsync();
        if (form.Folded is { } folded) await page.GetByText(folded, new() { Exact = true }).ClickAsync();
    }

    private static ILocator Field(IPage page, HalfForm form, string label) => page.Locator(form.Within).GetByLabel(label, new() { Exact = true }).First;

    /// <summary>A form that somebody leaves half filled in.</summary>
    /// <param name="Path">Its page.</param>
    /// <param name="Openers">What is pressed to come to it.</param>
    /// <param name="Fields">What is typed where.</param>
    /// <param name="Within">Where its fields stand.</param>
    /// <param name="Folded">What is unfolded in it, if anything.</param>
    private sealed record HalfForm(string Path, string[] Openers, (string Label, string Text)[] Fields, string Within = "main", string? Folded = null)
    {
        /// <summary>Fields that hide what they hold.</summary>
        public string[] Secrets { get; init; } = [];
    }
}
