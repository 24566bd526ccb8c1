using System.Net.Http.Json;
using LiveDash.Core.Configuration.Dashboards;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Shared;

/// <summary>An app with something on every page: points with places, rules of each severity that fire, channels, a dashboard with a panel of each kind, long names.</summary>
public sealed class PageWalkData : IAsyncLifetime
{
    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <summary>The kinds of fields that were typed into, whatever page they are on; each is enough once.</summary>
    public HashSet<string> Typed { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        App = await LiveApp.StartAsync();
        await FillAsync(App);
    }

    /// <summary>Puts it into an app whose client may do so.</summary>
    public static async Task FillAsync(LiveApp app)
    {
        foreach (var (name, severity) in new[] { ("Critical one", "critical"), ("Warning one", "warning"), ("Info one with a name that is a little longer than others", "info") })
        {
            using var made = await app.Client.PostAsJsonAsync("/api/rules", new { name, expr = "mean(walk.load{host=*}, 30s) > 40 clear 30", severity, channels = new[] { "on-call" } });
            Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        }

        using var channels = await app.Client.PutAsJsonAsync("/api/settings/channels", new object[]
        {
            new { name = "on-call", kind = "webhook", url = "http://127.0.0.1:9/a-path-that-is-long-and-holds-no-place-to-break-the-line" },
        });
        Assert.True(channels.IsSuccessStatusCode, await channels.Content.ReadAsStringAsync());
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await app.PostAsync(Enumerable.Range(0, 120).SelectMany(i => new[]
        {
            $$"""{"series":"walk.load","tags":{"host":"a"},"t":{{now - ((120 - i) * 1000)}},"value":{{90 + (i % 7)}},"pt":[{{i}},{{i % 7}}]}""",
            $$"""{"series":"walk.load","tags":{"host":"a-host-with-a-long-name"},"t":{{now - ((120 - i) * 1000)}},"value":{{91 + (i % 5)}}}""",
        }));
        await app.PostAsync("""{"series":"coords","value":1,"pt":[1,2]}""", """{"series":"walk.one","value":3}""", """{"series":"walk.pump","value":"running"}""");
        var book = app.Services.GetRequiredService<DashboardBook>();
        await book.LoadAsync(default);
        await book.AddCopyAsync(
            new Dashboard
            {
                Id = "",
                Name = "Walk",
                Panels =
                [
                    new() { Id = "n", Kind = PanelKind.Stat, Title = "Newest", Series = ["walk.one"], W = 3, H = 2 },
                    new() { Id = "c", Kind = PanelKind.Chart, Title = "By host", Series = ["walk.load{host=*}"], Y = 2, W = 9, H = 6 },
                ],
            },
            default);
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/alerts")).Split("firing").Length > 3, "the alerts fire");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();
}
