using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Web.Api;

public sealed partial class HealthApiTests
{
    [Fact]
    public async Task Health_Running_IsOk()
    {
        await using var app = await LiveApp.StartAsync();

        Assert.Equal("ok", JsonDocument.Parse(await app.GetAsync("/healthz")).RootElement.GetProperty("status").GetString());
        Assert.Equal("ready", JsonDocument.Parse(await app.GetAsync("/readyz")).RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(StoreState.Opening, HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData(StoreState.Full, HttpStatusCode.OK, "degraded")]
    [InlineData(StoreState.ReadOnly, HttpStatusCode.OK, "degraded")]
    [InlineData(StoreState.Ready, HttpStatusCode.OK, "ready")]
    public async Task Ready_StoreState_DecidesTheAnswer(StoreState state, HttpStatusCode status, string said)
    {
        var store = new MemoryPointStore();
        await using var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        store.Status = store.Status with { State = state, Message = "because" };

        using var answer = await app.Client.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(said, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_AfterPoints_AccountForThem()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"counted","value":1}""", """{"series":"counted","value":2}""");
        using var bad = new StringContent("""{"series":"counted","value":"1.5"}""");
        using var refused = await app.Client.PostAsync(new Uri("/api/points", UriKind.Relative), bad);

        var text = await app.GetAsync("/metrics");

        Assert.Matches("""livedash_source_offered_total\{kind="http",source="[^"]+"\} 3""", text);
        Assert.Matches("""livedash_source_accepted_total\{kind="http",source="[^"]+"\} 2""", text);
        Assert.Matches("""livedash_source_rejected_total\{kind="http",source="[^"]+",reason="[a-z_]+"\} 1""", text);
        Assert.Contains("livedash_store_state{state=\"ready\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("livedash_circuits 0", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{generation=\"2\"}", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.Matches(Line(), line));
    }

    // The grammar of the text format 0.0.4, as far as it is used.
    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? (NaN|[+-]Inf|[-+0-9.eE]+))$""")]
    private static partial Regex Line();
}
