using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using Microsoft.Playwright;
using MongoDB.Bson;

namespace LiveDash.Tests.Browser;

/// <summary>Collections of MongoDB in the browser: they fill the grid and Explore from their server, and are mapped on the page Sources.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CollectionsPageTests(Shared.Browser browser)
{
    private const int Count = 2_500;

    [BrowserFact]
    public async Task GridAndExplore_OfACollection_ShowWhatItsServerGives()
    {
        await using var server = Seeded();
        await using var app = await StartAsync(server);
        await using (var grid = await browser.OpenAsync(app, "/grid?collection=coords"))
        {
            await grid.Page.WaitForFunctionAsync("count => document.querySelector('.grid-stream').dataset.landed === String(count)", Count);
            await grid.Page.WaitForFunctionAsync("document.querySelector('.grid-stream').dataset.state === 'done'");
            grid.AssertNoErrors();
        }

        // The seed's own way: nothing but the connection and the page's own choice.
        await using (var seed = await browser.OpenAsync(app, "/grid"))
        {
            await seed.Page.WaitForFunctionAsync("count => document.querySelector('.grid-stream').dataset.landed === String(count)", Count);
            await Assertions.Expect(seed.Page.Locator(".grid-form")).ToContainTextAsync("coords of the connection lab");
            await Assertions.Expect(seed.Page.Locator(".grid-form")).Not.ToContainTextAsync("There is no series");
            seed.AssertNoErrors();
        }

        await using var explore = await browser.OpenAsync(app, "/explore?collection=coords");
        await explore.Page.WaitForFunctionAsync("count => document.querySelector('.explore').dataset.painted === String(count)", Count);
        explore.AssertNoErrors();
    }

    [BrowserFact]
    public async Task Sources_WithCollections_AreAccessibleAndFitAPhone()
    {
        await using var server = Seeded();
        await using var app = await StartAsync(server);
        await using (var opened = await browser.OpenAsync(app, "/sources"))
        {
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Map a collection" }).ClickAsync();
            await opened.Page.GetByLabel("Collection", new() { Exact = true }).FillAsync("coords");
            await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Suggest from 200 documents" }).ClickAsync();
            await Assertions.Expect(opened.Page.Locator(".collections-example")).ToHaveCountAsync(5);
            var found = await opened.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } });
            var grave = found.Violations.Where(static v => v.Impact is "serious" or "critical").ToList();
            Assert.True(grave.Count == 0, string.Join('\n', grave.Select(static v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(static node => node.Html))}")));
            opened.AssertNoErrors();
        }

        await using var phone = await browser.OpenAsync(app, "/sources", new() { ViewportSize = new() { Width = 390, Height = 844 } });
        Assert.True(await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, "It scrolls sideways.");
    }

    private static MongoDoubleServer Seeded()
    {
        var server = new MongoDoubleServer();
        server.Put("lab.coords", Enumerable.Range(0, Count).Select(static i => new BsonDocument { { "_id", MongoDoubleServer.Key(1_700_000_000, i) }, { "pt", new BsonArray { i % 50, i / 50 } }, { "id", i } }));
        return server;
    }

    private static async Task<LiveApp> StartAsync(MongoDoubleServer server)
    {
        var app = await LiveApp.StartAsync(null, null, null, "--LiveDash:Connections:lab=" + server.Address("lab"));
        using var body = new StringContent("""{"connections":[],"collections":[{"name":"coords","connection":"lab","collection":"coords","series":"coords","point":"pt","key":"id"}]}""");
        using var answer = await app.Client.PutAsync(new Uri("/api/settings/collections", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return app;
    }
}
