using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ListenerTests(Shared.Browser browser)
{
    [BrowserFact]
    public async Task APageOfAnySite_CannotFeedALineListener()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Graphite)}:Endpoint=127.0.0.1:0", $"--{ListenerBoard.Section(ListenerSpec.Statsd)}:Endpoint=127.0.0.1:0"]);
        await using var site = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]).Build();
        site.MapGet("/", static () => Results.Text("<p>a page of another site</p>", "text/html"));
        await site.StartAsync();
        await using var page = await browser.OpenAsync(app);
        await page.Page.GotoAsync(site.Urls.Single());
        foreach (var spec in new[] { ListenerSpec.Graphite, ListenerSpec.Statsd })
        {
            var port = app.Listener(spec).Port;
            await page.Page.EvaluateAsync($$"""
                async () => {
                    for (const method of ["POST", "GET"]) {
                        await fetch("http://127.0.0.1:{{port}}/\nevil 1 -1\n", { method, mode: "no-cors", body: method === "POST" ? "evil 1 -1\nevil:1|c\n" : undefined }).catch(() => { });
                    }
                }
                """);
            await Wait.UntilAsync(() => app.Services.GetRequiredService<ListenerBoard>()[spec].Snapshot().Closed.GetValueOrDefault("http") > 0, "the listener closed what the page sent");
        }

        Assert.DoesNotContain(app.Services.GetRequiredService<SourceRegistry>().Snapshot(0), static source => source.Kind is "graphite" or "statsd" && source.Offered > 0);
    }
}
