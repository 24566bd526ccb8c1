using System.Globalization;
using System.Text;
using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>The explore page with 500,000 points: they land, are cancelled and resumed, and a shape holds what the server says it holds.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ExploreTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const int Points = 500_000;
    private const string Triangle = """{"type":"Polygon","coordinates":[[[10,10],[40,10],[25,45],[10,10]]]}""";

    [BrowserFact]
    public async Task Explore_HalfAMillionPoints_AllAreDrawn()
    {
        await using var opened = await OpenAsync("explore.all");
        await StateAsync(opened.Page, "done");
        Assert.Equal(Points.ToString(CultureInfo.InvariantCulture), await opened.Page.Locator(".explore").GetAttributeAsync("data-painted"));
        opened.AssertNoErrors();
    }

    // Few points are drawn one by one in WebGL, whose library must not need what the Content-Security-Policy forbids.
    [BrowserFact]
    public async Task Explore_FewPoints_AreDrawnOneByOneUnderThePagesOwnPolicy()
    {
        await fixture.App.PostAsync(Enumerable.Range(0, 100).Select(static i => $$"""{"series":"explore.few","t":{{1_700_000_000_000 + i}},"value":{{i}},"pt":[{{i % 10}},{{i / 10}}]}"""));
        await using var opened = await browser.OpenAsync(fixture.App, "/explore?series=explore.few");
        await StateAsync(opened.Page, "done");
        await Assertions.Expect(opened.Page.Locator("[data-part=drawn]")).ToHaveTextAsync("Every point is drawn.");
        await Assertions.Expect(opened.Page.Locator(".explore-plot")).Not.ToContainTextAsync("WebGL");
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_PastedPolygon_HoldsWhatTheServerSays()
    {
        await using var opened = await OpenAsync("explore.polygon");
        await StateAsync(opened.Page, "done");
        await opened.Page.GetByLabel("Shape as GeoJSON").FillAsync(Triangle);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        var found = await FoundAsync(opened.Page);
        Assert.Equal(await CountAsync("explore.polygon", Triangle), found);
        Assert.InRange(found, 1, Points - 1);
        Assert.Equal(found.ToString("N0", CultureInfo.InvariantCulture), await opened.Page.Locator("[data-result=count]").TextContentAsync());
        // Only the rows in sight exist.
        Assert.InRange(await opened.Page.Locator(".explore-list tbody tr").CountAsync(), 5, 40);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_Lasso_ThenACornerMovedByKey_HoldWhatTheServerSays()
    {
        await using var opened = await OpenAsync("explore.lasso");
        var page = opened.Page;
        await StateAsync(page, "done");
        await page.ClickAsync("[data-tool=lasso]");
        await page.Locator(".explore-plot").EvaluateAsync("plot => plot.scrollIntoView({ block: 'end' })");
        var plot = (await page.Locator(".explore-plot").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(plot.X + 400, plot.Y + 200);
        await page.Mouse.DownAsync();
        for (var angle = 0.1; angle < 6.2; angle += 0.1) await page.Mouse.MoveAsync(plot.X + 300 + (float)(100 * Math.Cos(angle)), plot.Y + 200 + (float)(100 * Math.Sin(angle)));
        await page.Mouse.UpAsync();
        var first = await FoundAsync(page);
        Assert.Equal(await CountAsync("explore.lasso", await ShapeAsync(page)), first);
        Assert.InRange(first, 1, Points - 1);

        var before = await ShapeAsync(page);
        await page.Locator(".shape-corner").First.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.WaitForFunctionAsync("before => document.querySelector('[data-part=geojson]').value !== before", before);
        Assert.Equal(await CountAsync("explore.lasso", await ShapeAsync(page)), await FoundAsync(page));
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_BoxOverTime_HoldsWhatTheServerSays()
    {
        await using var opened = await OpenAsync("explore.time");
        var page = opened.Page;
        await StateAsync(page, "done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Over time" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Box in the middle" }).ClickAsync();
        var found = await FoundAsync(page);
        Assert.InRange(found, 1, Points - 1);
        Assert.Equal(await CountAsync("explore.time&plane=time-value", await ShapeAsync(page)), found);

        var waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync();
        var csv = await File.ReadAllLinesAsync((await (await waiting).PathAsync())!);
        Assert.Equal(found + 1, csv.Length);

        waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "PNG", Exact = true }).ClickAsync();
        var picture = await File.ReadAllBytesAsync((await (await waiting).PathAsync())!);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);

        waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save shape", Exact = true }).ClickAsync();
        Assert.Equal(await ShapeAsync(page), await File.ReadAllTextAsync((await (await waiting).PathAsync())!));

        waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "GeoJSON", Exact = true }).ClickAsync();
        using var features = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync((await (await waiting).PathAsync())!));
        Assert.Equal(found, features.RootElement.GetProperty("features").GetArrayLength());
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_CancelledMidway_ResumesBehindWhatItHas()
    {
        await using var opened = await OpenAsync("explore.cancel", shown: false);
        var page = opened.Page;
        // The first answer stops in the middle until it is cancelled; what is asked for after it comes whole.
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            lock (asked)
            {
                if (request.Url.Contains("/api/points?", StringComparison.Ordinal)) asked.Add(request.Url);
            }
        };
        await page.EvaluateAsync(
            """
            () => {
              const plain = window.fetch;
              window.fetch = async (url, options) => {
                if (!String(url).includes('api/points?') || String(url).includes('after=')) return plain(url, options);
                const answer = await plain(url, { headers: options.headers });
                const bytes = new Uint8Array(await answer.arrayBuffer());
                const body = new ReadableStream({
                  start(controller) {
                    controller.enqueue(bytes.subarray(0, bytes.length / 2));
                    options.signal.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
                  },
                  // Asked for more: the half was taken.
                  pull() { window.halfTaken = true; return new Promise(() => {}); },
                });
                return new Response(body, { headers: answer.headers });
              };
            }
            """);
        await ShowAsync(page, "explore.cancel");
        await page.WaitForFunctionAsync("() => window.halfTaken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await StateAsync(page, "cancelled");
        var had = int.Parse((await page.Locator(".explore").GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture);
        Assert.InRange(had, 1, Points - 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await StateAsync(page, "done");
        Assert.Equal(Points.ToString(CultureInfo.InvariantCulture), await page.Locator(".explore").GetAttributeAsync("data-points"));
        lock (asked) Assert.Contains("after=", Assert.Single(asked.Skip(1)), StringComparison.Ordinal);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_ConnectionBreaksMidway_GoesOnByItself()
    {
        await using var opened = await OpenAsync("explore.broken", shown: false);
        var page = opened.Page;
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            lock (asked)
            {
                if (request.Url.Contains("after=", StringComparison.Ordinal)) asked.Add(request.Url);
            }
        };
        await page.EvaluateAsync(
            """
            () => {
              const plain = window.fetch;
              window.fetch = async (url, options) => {
                const answer = await plain(url, options);
                if (!String(url).includes('api/points?') || String(url).includes('after=')) return answer;
                const bytes = new Uint8Array(await answer.arrayBuffer());
                let sent = false;
                const body = new ReadableStream({
                  pull(controller) {
                    if (sent) controller.error(new TypeError('network error'));
                    else controller.enqueue(bytes.subarray(0, bytes.length / 3));
                    sent = true;
                  },
                });
                return new Response(body, { headers: answer.headers });
              };
            }
            """);
        await ShowAsync(page, "explore.broken");
        await StateAsync(page, "done");
        Assert.Equal(Points.ToString(CultureInfo.InvariantCulture), await page.Locator(".explore").GetAttributeAsync("data-points"));
        lock (asked) Assert.Single(asked);
        opened.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Explore_CrossingShape_IsRefusedInWords()
    {
        await using var opened = await OpenAsync("explore.crossing");
        await StateAsync(opened.Page, "done");
        await opened.Page.GetByLabel("Shape as GeoJSON").FillAsync("""{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,0],[0,10],[0,0]]]}""");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        await opened.Page.WaitForFunctionAsync("() => document.querySelector('.explore').dataset.within === 'failed'");
        Assert.Contains("cross", await opened.Page.Locator("[data-result=message]").TextContentAsync(), StringComparison.OrdinalIgnoreCase);
    }

    // By a link within the page, which leaves alone what was done to its fetch.
    private static Task ShowAsync(IPage page, string series) => page.EvaluateAsync("series => Blazor.navigateTo('explore?series=' + series)", series);

    private static Task StateAsync(IPage page, string state) =>
        page.WaitForFunctionAsync("state => document.querySelector('.explore').dataset.state === state", state);

    private static async Task<long> FoundAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('.explore').dataset.within === 'shown'");
        return long.Parse((await page.Locator(".explore").GetAttributeAsync("data-found"))!, CultureInfo.InvariantCulture);
    }

    private static Task<string> ShapeAsync(IPage page) => page.GetByLabel("Shape as GeoJSON").InputValueAsync();

    private async Task<BrowserPage> OpenAsync(string series, bool shown = true)
    {
        var random = new Random(7);
        await fixture.App.PostAsync(Enumerable.Range(0, Points).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"series":"{{series}}","t":{{1_700_000_000_000 + (i * 100L)}},"value":{{i % 97}},"pt":[{{random.NextDouble() * 50:F3}},{{random.NextDouble() * 50:F3}}]}""")));
        return await browser.OpenAsync(fixture.App, shown ? "/explore?series=" + series : "/explore");
    }

    private async Task<long> CountAsync(string series, string shape)
    {
        using var body = new StringContent(shape, Encoding.UTF8, "application/geo+json");
        using var answer = await fixture.App.Client.PostAsync(new Uri($"/api/points/query?series={series}&fields=id", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }
}
