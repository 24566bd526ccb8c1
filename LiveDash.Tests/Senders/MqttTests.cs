using System.Net.Http.Json;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's mosquitto: as the broker that LiveDash subscribes to, and its client as a sender to LiveDash's own broker.</summary>
public sealed class MqttTests
{
    [ToolFact("mosquitto", "mosquitto_pub")]
    public async Task Source_SubscribedToATrueBroker_TakesWhatIsPublishedAndSetsPoisonAside()
    {
        var port = Tool.FreePort();
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "m.conf"), $"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n");
        await using var broker = Tool.Start("mosquitto", ["-c", Path.Combine(directory.Path, "m.conf")]);
        await broker.ListensAsync(port);
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "house", "mqtt", ("port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("topics", "home/+/temperature\nhome/state/#"), ("series", "temperature"), ("tags", "room={1}"));
        await SourceCalls.RunsAsync(app, "house");
        await PublishAsync(port, "home/kitchen/temperature", "21.5");
        await PublishAsync(port, "home/kitchen/temperature", "warm");
        await PublishAsync(port, "home/state/meter", """{"power":{"l1":230.5},"on":true}""");
        await SourceCalls.StoredAsync(app, "temperature{room=kitchen}", "21.5");
        await SourceCalls.StoredAsync(app, "temperature.power.l1{room=state}", "230.5");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources/house/poison")).Contains("\"payload\":\"warm\"", StringComparison.Ordinal), "the poison is shown");
    }

    [Theory]
    [InlineData("mqtt")]
    [InlineData("forward-mqtt")]
    public async Task Test_NoBrokerThere_NamesHostAndPortAsTheyWereWritten(string kind)
    {
        var port = Tool.FreePort();
        await using var app = await LiveApp.StartAsync();
        var values = new Dictionary<string, string> { ["host"] = "127.0.0.1", ["port"] = $"{port}", [kind == "mqtt" ? "topics" : "topic"] = "a/b" };
        using var answer = await app.Client.PostAsJsonAsync(new Uri("/api/settings/sources/x/test", UriKind.Relative), new { kind, values });
        Assert.Contains($"127.0.0.1:{port} cannot be reached: Connection refused.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [ToolFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Broker_OfItsOwn_TakesWhatATrueClientPublishesAndHandsItOn()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Mqtt)}:Endpoint=127.0.0.1:0"]);
        var port = app.Listener(ListenerSpec.Mqtt).Port;
        await using var subscriber = Tool.Start("stdbuf", ["-oL", "-eL", "mosquitto_sub", "-i", $"sub{Guid.NewGuid():N}", "-h", "127.0.0.1", "-p", $"{port}", "-t", "plant/#", "-v", "-d"]);
        await Wait.UntilAsync(() => subscriber.Said.Contains("SUBACK", StringComparison.Ordinal), "it is subscribed");
        await PublishAsync(port, "plant/pump1/speed", "1480");
        await SourceCalls.StoredAsync(app, "plant.pump1.speed", "1480");
        await Wait.UntilAsync(() => subscriber.Said.Contains("plant/pump1/speed 1480", StringComparison.Ordinal), "the subscriber hears of it");
    }

    [ToolFact("mosquitto_pub")]
    public async Task Broker_WithOneConnectionTooMany_RefusesIt()
    {
        await using var app = await LiveApp.StartAsync(settings: [$"--{ListenerBoard.Section(ListenerSpec.Mqtt)}:Endpoint=127.0.0.1:0", $"--{ListenerBoard.Section(ListenerSpec.Mqtt)}:MaxConnections=1"]);
        var port = app.Listener(ListenerSpec.Mqtt).Port;
        await using var subscriber = Tool.Start("stdbuf", ["-oL", "-eL", "mosquitto_sub", "-i", $"sub{Guid.NewGuid():N}", "-h", "127.0.0.1", "-p", $"{port}", "-t", "#", "-d"]);
        await Wait.UntilAsync(() => subscriber.Said.Contains("SUBACK", StringComparison.Ordinal), "one is connected");
        await using var second = Tool.Start("stdbuf", ["-oL", "-eL", "mosquitto_sub", "-i", $"sub{Guid.NewGuid():N}", "-h", "127.0.0.1", "-p", $"{port}", "-t", "#", "-d"]);
        await Wait.UntilAsync(() => second.Said.Contains("refused", StringComparison.OrdinalIgnoreCase) || second.HasExited, "the second is refused: ");
    }

    private static Task<string> PublishAsync(int port, string topic, string text) => Tool.RunAsync("mosquitto_pub", "-i", $"pub{Guid.NewGuid():N}", "-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-t", topic, "-m", text);
}
