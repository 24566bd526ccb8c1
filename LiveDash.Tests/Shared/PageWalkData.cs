using System.Net.Http.Json;

namespace LiveDash.Tests.Shared;

/// <summary>An app with something on every page: points with places, rules of each severity that fire and have fired, channels, a dashboard of its own.</summary>
public sealed class PageWalkData : IAsyncLifetime
{
    /// <summary>The app.</summary>
    public LiveApp App { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        App = await LiveApp.StartAsync();
        foreach (var (name, severity) in new[] { ("Critical one", "critical"), ("Warning one", "warning"), ("Info one with a name that is a little longer than others", "info") })
        {
            using var made = await App.Client.PostAsJsonAsync("/api/rules", new { name, expr = "mean(walk.load{host=*}, 10s) > 80 critical 95 clear 70", severity, allowPartial = true, channels = new[] { "on-call", "pager" } });
            made.EnsureSuccessStatusCode();
        }

        using var channels = await App.Client.PutAsJsonAsync("/api/settings/channels", new object[]
        {
            new { name = "on-call", kind = "webhook", url = "http://127.0.0.1:9/a-path-that-is-long-and-holds-no-place-to-break-the-line", headers = new { Authorization = "x" }, secret = "y" },
            new { name = "night", kind = "mail", host = "mail.example.org", from = "a@example.org", to = new[] { "b@example.org", "somebody-with-a-long-name@a-long-domain.example.org" } },
        });
        channels.EnsureSuccessStatusCode();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await App.PostAsync(Enumerable.Range(0, 120).SelectMany(i => new[]
        {
            $$"""{"series":"walk.load","tags":{"host":"a"},"t":{{now - ((120 - i) * 1000)}},"value":{{(i % 50 < 25 ? 90 : 20)}},"pt":[{{i}},{{i % 7}}]}""",
            $$"""{"series":"walk.load","tags":{"host":"a-host-with-a-long-name"},"t":{{now - ((120 - i) * 1000)}},"value":{{(i % 50 < 25 ? 91 : 21)}}}""",
        }));
        await App.PostAsync("""{"series":"coords","value":1,"pt":[1,2]}""", """{"series":"walk.one","value":3}""");
        await Wait.UntilAsync(async () => (await App.GetAsync("/api/alerts")).Split("firing").Length > 3, "the alerts fire");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await App.DisposeAsync();
}
