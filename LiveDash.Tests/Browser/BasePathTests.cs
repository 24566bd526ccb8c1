using System.Collections.Concurrent;
using System.Net;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Shell;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>Every page behind a true nginx under a base path: nothing that it asks, and nothing that it links to, leaves the base.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BasePathTests(Shared.Browser browser)
{
    private const string Base = "/dash/";

    [ToolFact("nginx")]
    public async Task Pages_UnderABasePath_AskAndLinkWithinItAlone()
    {
        if (Shared.Browser.ExecutablePath is null && !Shared.Browser.IsRequired) return;
        await using var app = await LiveApp.StartAsync(settings: ["--PathBase=/dash"]);
        await app.PostAsync("""{"series":"base.path","tags":{"host":"a"},"value":1,"pt":[1,2]}""");
        await using var nginx = await Nginx.StartAsync(
            $"location {Base} {{ proxy_pass {app.Address.GetLeftPart(UriPartial.Authority)}/; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\"; }}");
        using var made = await nginx.Client.PostAsync(new Uri("/dash/api/rules", UriKind.Relative), new StringContent("""{"name":"base","expr":"mean(base.path, 30s) > 5","severity":"warning"}"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("/dash/api/rules/", made.Headers.Location!.OriginalString, StringComparison.Ordinal);

        var asked = new ConcurrentQueue<string>();
        await using var opened = await browser.OpenAsync(app, nginx.Origin + Base, listen: page => page.Request += (_, request) => asked.Enqueue(request.Url));
        var page = opened.Page;
        foreach (var path in NavPage.All.Select(static one => one.Address).Concat(["grid?series=base.path", "explore?series=base.path", "series?show=base.path%7Bhost%3Da%7D", "send/curl", "rules/new", "dashboards", "no-such-page"]))
        {
            // By the app's own navigation, as its links do; the page of before is not loaded again.
            await page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
            await page.IsAtAsync($"{nginx.Origin}{Base}**");
            await page.Locator("main h1, .app-bar h1").First.WaitForAsync();
            var leaving = await page.EvaluateAsync<string[]>(
                """base => [...document.querySelectorAll('a[href], area[href], form[action], img[src], script[src], link[href]')].filter(e => { const u = new URL(e.href || e.src || e.action, document.baseURI); return u.origin === location.origin && !u.pathname.startsWith(base); }).map(e => e.outerHTML.slice(0, 200))""", Base);
            Assert.True(leaving.Length == 0, $"{path}:\n{string.Join('\n', leaving)}");
        }

        // Links of the rail and lines of the palette lead to their pages.
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Rules" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rules");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).Locator("[aria-current=page]")).ToContainTextAsync("Rules");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("sourc");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sources");

        Assert.NotEmpty(asked);
        Assert.All(asked, url => Assert.True(Within(url, nginx.Origin) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal), url));
        opened.AssertNoErrors();
    }

    private static bool Within(string url, string origin) => url.StartsWith(origin + Base, StringComparison.Ordinal) || url.StartsWith(origin.Replace("http", "ws", StringComparison.Ordinal) + Base, StringComparison.Ordinal);
}
