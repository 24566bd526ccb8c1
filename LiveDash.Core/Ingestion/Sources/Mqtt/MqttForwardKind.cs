using LiveDash.Core.Ingestion.Forwarding;
using LiveDash.Core.Ingestion.Sources.Setups;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveDash.Core.Ingestion.Sources.Mqtt;

/// <summary>Publishes points on to a topic of an MQTT broker, as bodies of NDJSON.</summary>
internal sealed class MqttForwardKind(ForwardHub hub) : ForwardKind(hub)
{
    public override string Name => "forward-mqtt";

    public override string Title => "MQTT broker";

    public override string Help => "Publishes points on to a topic, many lines of JSON a message.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("host", "Host", SourceFieldType.Text, "127.0.0.1", "The broker's host.") { IsTarget = true },
        new("port", "Port", SourceFieldType.Number, "1883", "Its port.") { IsTarget = true },
        new("topic", "Topic", SourceFieldType.Text, "livedash/points", "Where to publish."),
        new("user", "User", SourceFieldType.Text, "", "Where the broker asks for one."),
        new("password", "Password", SourceFieldType.Secret, "", "Where the broker asks for one."),
        .. Shared,
    ];

    protected override bool IsJson => true;

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        return "Connected.";
    }

    protected override async Task SendAsync(SourceContext context, byte[] body, CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        var message = new MqttApplicationMessageBuilder().WithTopic(context.Values.Text("topic")).WithPayload(body).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        var answer = await client.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess) throw new IOException($"The broker did not take the message: {answer.ReasonCode}.");
        await client.DisconnectAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IMqttClient> ConnectAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            await MqttConnection.ConnectAsync(client, MqttConnection.To(context.Values).WithClientId("livedash-forward-" + context.Name), context.Values, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
