using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Every field of the product takes what is typed at a usual speed over a line of any slowness, and keeps it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TypingTests(Shared.Browser browser, PageWalkData data) : IClassFixture<PageWalkData>
{
    private const int MsAKey = 60;

    private static readonly int[] s_delaysMs = [20, 80, 300];

    /// <summary>Into every field that walking the pages finds, in dialogs, menus and drawers too: what is new is covered by itself. In thirds, so that none takes longer than a test may.</summary>
    [BrowserTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Fields_OfEveryPage_KeepEveryLetterOverASlowLine(int third)
    {
        await using var proxy = new TcpProxy(data.App.Address);
        var (faults, typed) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in PageWalk.Paths.Where((_, index) => index % 3 == third))
        {
            proxy.Delay = TimeSpan.Zero;
            await using var opened = await browser.OpenAsync(data.App, new Uri(proxy.Address, path).ToString());
            await PageWalk.WalkAsync(opened.Page, path, what => TypeEverywhereAsync(opened.Page, proxy, what, typed, faults));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(typed.Count >= 8, $"Only {typed.Count} fields were found: {string.Join(", ", typed)}");
    }

    [BrowserTheory]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Palette_TypedAtOnce_KeepsEveryLetter(int delayMs)
    {
        await using var proxy = new TcpProxy(data.App.Address);
        await using var opened = await browser.OpenAsync(data.App, new Uri(proxy.Address, "/sources").ToString());
        proxy.Delay = TimeSpan.FromMilliseconds(delayMs);

        await opened.Page.Keyboard.PressAsync("Control+k");
        await opened.Page.Keyboard.TypeAsync("the quick brown fox", new() { Delay = MsAKey });

        await Assertions.Expect(opened.Page.Locator(".palette-list")).ToHaveAttributeAsync("data-for", "the quick brown fox");
        await Assertions.Expect(opened.Page.Locator(".palette input")).ToHaveValueAsync("the quick brown fox");
    }

    [BrowserFact]
    public async Task RuleText_NotSaved_SurvivesARestartOfTheServer()
    {
        using var directory = new TempDirectory();
        var app = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await using var proxy = new TcpProxy(app.Address);
        await using var opened = await browser.OpenAsync(app, new Uri(proxy.Address, "/rules/new").ToString());
        var page = opened.Page;
        await page.GetByLabel("Name").FillAsync("Half a rule");
        await page.GetByLabel("Rule, as text").FillAsync("mean(shop.load, 30s) > 8");
        await page.EvaluateAsync("document.documentElement.dataset.same = true");

        proxy.Cut();
        await app.DisposeAsync();
        await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
        proxy.Restore(restarted.Address);
        await page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Half a rule");
        await Assertions.Expect(page.GetByLabel("Rule, as text")).ToHaveValueAsync("mean(shop.load, 30s) > 8");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();
    }

    /// <summary>On every form: the text of a page is there again by itself, that of a dialog when the dialog is opened again. Secrets are not kept.</summary>
    [BrowserFact]
    public async Task Forms_NotSaved_SurviveARestartOfTheServer()
    {
        (string Path, string? Opener)[] forms =
        [
            ("rules/new", null), ("settings/channels?add=another", null), ("plots", "New plot"), ("dashboards", "New dashboard"), ("silences", null), ("import", null), ("settings/windows", null), ("explore", null),
        ];
        using var directory = new TempDirectory();
        var app = await LiveApp.StartAsync(dataDirectory: directory.Path);
        await app.PostAsync("""{"series":"kept.value","value":1}""");
        await using var proxy = new TcpProxy(app.Address);
        var opened = new List<(string Path, string? Opener, BrowserPage Page, string[] Kept)>();
        try
        {
            foreach (var (path, opener) in forms)
            {
                var page = await browser.OpenAsync(app, new Uri(proxy.Address, path).ToString());
                await OpenFormAsync(page.Page, opener);
                opened.Add((path, opener, page, await page.Page.EvaluateAsync<string[]>(FillAll)));
                await page.Page.EvaluateAsync("document.documentElement.dataset.same = true");
            }

            proxy.Cut();
            await app.DisposeAsync();
            await using var restarted = await LiveApp.StartAsync(dataDirectory: directory.Path);
            proxy.Restore(restarted.Address);
            foreach (var (path, opener, page, kept) in opened)
            {
                await page.Page.Locator("html[data-live]:not([data-same])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
                await OpenFormAsync(page.Page, opener);
                foreach (var text in kept) await page.Page.WaitForFunctionAsync("text => [...document.querySelectorAll('input, textarea')].some(e => e.value === text)", text, new() { Timeout = 10_000 });
                Assert.True(kept.Length > 0 || path is "silences", $"{path} has no field.");
            }
        }
        finally
        {
            foreach (var (_, _, page, _) in opened) await page.DisposeAsync();
        }
    }

    private const string FillAll = """
        () => [...document.querySelectorAll(':is(main, [role=dialog]) :is(input[type=text], input:not([type]), input[type=url], textarea)')]
          .filter(e => e.checkVisibility() && !e.readOnly && !e.disabled && !e.closest('.palette') && !e.matches('[role=combobox]'))
          .map((e, i) => {
            e.focus();
            e.value = 'kept ' + i;
            e.dispatchEvent(new Event('input', { bubbles: true }));
            return e.value;
          })
        """;

    private static async Task OpenFormAsync(IPage page, string? opener)
    {
        if (opener is null) return;
        await page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Or(page.Locator("main form")).First.WaitForAsync();
    }

    private static async Task TypeEverywhereAsync(IPage page, TcpProxy proxy, string what, HashSet<string> typed, List<string> faults)
    {
        var fields = await page.EvaluateAsync<string[]>("pageWalk.fields().map(pageWalk.key)");
        for (var i = 0; i < fields.Length; i++)
        {
            if (!typed.Add(fields[i])) continue;
            foreach (var delay in s_delaysMs)
            {
                // By its kind and place: the page may have drawn it anew.
                var handle = (await page.EvaluateHandleAsync("key => pageWalk.fields().find(e => pageWalk.key(e) === key)", fields[i])).AsElement();
                if (handle is null) break;
                var text = await handle.GetAttributeAsync("type") == "number" || await handle.GetAttributeAsync("inputmode") is "numeric" or "decimal" ? "34" : $"a.b_{delay} c";
                await handle.FocusAsync();
                await page.Keyboard.PressAsync("Control+a");
                proxy.Delay = TimeSpan.FromMilliseconds(delay);
                await page.Keyboard.TypeAsync(text, new() { Delay = MsAKey });
                await PageWalk.SettleAsync(page);
                proxy.Delay = TimeSpan.Zero;
                var kept = await handle.IsVisibleAsync() ? await handle.InputValueAsync() : text;
                if (kept != text) faults.Add($"{what}: {fields[i]} over {delay} ms: typed “{text}”, has “{kept}”");
            }
        }
    }
}
