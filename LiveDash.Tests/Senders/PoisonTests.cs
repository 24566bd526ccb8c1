using System.Net;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Messages that held nothing: set aside, bounded, read again, forgotten.</summary>
public sealed class PoisonTests
{
    private readonly MemoryDocumentStore _documents = new();

    [Fact]
    public async Task Put_PastTheBound_LetsTheOldestGoAndNumbersRunOn()
    {
        using var shelf = new PoisonShelf(_documents);
        await shelf.PutAsync("a", [.. Enumerable.Range(0, 70).Select(Message)], default);
        // As after a restart: what is there is known anew.
        using var again = new PoisonShelf(_documents);
        await again.PutAsync("a", [.. Enumerable.Range(70, 70).Select(Message)], default);
        await again.PutAsync("b", [Message(0)], default);
        var kept = await again.ListAsync("a", default);
        Assert.Equal(PoisonShelf.Max, kept.Count);
        Assert.Equal(("139", "40"), (kept[0].Payload, kept[^1].Payload));
        Assert.Equal((100, 1), ((await again.CountAsync(default))["a"], (await again.CountAsync(default))["b"]));
        Assert.Equal(1, await again.ForgetAsync("a", kept[0].Id, default));
        Assert.Equal(99, await again.ForgetAsync("a", null, default));
        Assert.Equal("b", Assert.Single((await again.CountAsync(default)).Keys));
    }

    [Fact]
    public void Message_TooLong_IsKeptByItsBeginning()
    {
        var message = PoisonShelf.Message("a", new byte[PoisonShelf.MaxRawBytes + 1], "t", "x", 0);
        Assert.Null(message.Raw);
        Assert.Equal((4096, PoisonShelf.MaxRawBytes + 1), (message.Payload.Length, message.Bytes));
    }

    [ToolFact("mosquitto", "mosquitto_pub")]
    public async Task Message_SetAside_IsReadAgainWithOtherSettingsOrForgotten()
    {
        var port = Tool.FreePort();
        using var directory = new TempDirectory();
        var settings = Path.Combine(directory.Path, "m.conf");
        await File.WriteAllTextAsync(settings, $"listener {port} 127.0.0.1\nallow_anonymous true\n");
        await using var broker = Tool.Start("mosquitto", ["-c", settings]);
        await broker.ListensAsync(port);
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "m", "mqtt", ("port", $"{port}"), ("topics", "#"), ("format", "number"));
        await SourceCalls.RunsAsync(app, "m");
        foreach (var text in new[] { """{"rpm":7}""", "nothing at all" }) await Tool.RunAsync("mosquitto_pub", "-i", $"p{Guid.NewGuid():N}", "-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-t", "pump", "-m", text);
        await Wait.UntilAsync(async () => (await ListAsync(app)).Count == 2, "both are set aside");
        var first = (await ListAsync(app)).Single(static one => one.Payload.Contains("rpm", StringComparison.Ordinal)).Id;
        using (var refused = await app.Client.PostAsync(new Uri($"/api/settings/sources/m/poison/{first}/retry", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await SourceCalls.PutAsync(app, "m", "mqtt", ("port", $"{port}"), ("topics", "#"), ("format", "json"));
        using (var taken = await app.Client.PostAsync(new Uri($"/api/settings/sources/m/poison/{first}/retry", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        await SourceCalls.StoredAsync(app, "pump.rpm", "7");
        var left = Assert.Single(await ListAsync(app));
        using (var gone = await app.Client.DeleteAsync(new Uri($"/api/settings/sources/m/poison?id={left.Id}", UriKind.Relative))) Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using (var none = await app.Client.DeleteAsync(new Uri("/api/settings/sources/m/poison", UriKind.Relative))) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static PoisonMessage Message(int i) => PoisonShelf.Message("a", System.Text.Encoding.UTF8.GetBytes($"{i}"), "t", "x", DateTime.UnixEpoch.Ticks + (i * TimeSpan.TicksPerSecond));

    private static Task<IReadOnlyList<PoisonMessage>> ListAsync(LiveApp app) => ((PoisonShelf)app.Services.GetService(typeof(PoisonShelf))!).ListAsync("m", default);
}
