using System.Buffers;
using System.Threading.Channels;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveDash.Core.Ingestion.Sources.Mqtt;

/// <summary>Subscribes to topics of an MQTT broker. A message of quality 1 or 2 is acknowledged after the commit; the broker keeps what comes while LiveDash is away, since the session lasts.</summary>
internal sealed class MqttKind : SourceKind
{
    public override string Name => "mqtt";

    public override string Title => "MQTT broker";

    public override string Help => "Subscribes to topics, with wildcards; parts of the topic can become tags.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("host", "Host", SourceFieldType.Text, "127.0.0.1", "The broker's host.") { IsTarget = true },
        new("port", "Port", SourceFieldType.Number, "1883", "Its port; 8883 with TLS.") { IsTarget = true },
        new("tls", "TLS", SourceFieldType.Flag, "false", "Whether the connection is encrypted.") { IsTarget = true },
        new("topics", "Topics", SourceFieldType.Lines, "", "One a line; + stands for one part and # for all that follow: home/+/temperature.") { IsRequired = true },
        new("user", "User", SourceFieldType.Text, "", "Where the broker asks for one."),
        new("password", "Password", SourceFieldType.Secret, "", "Where the broker asks for one."),
        new("clientId", "Client id", SourceFieldType.Text, "", "Names the session; livedash and the source's name where nothing is said."),
        .. MessageFields.All,
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        // Bounded: a broker that is faster than the commit is slowed, since its next message is not read.
        var waiting = Channel.CreateBounded<(MqttApplicationMessageReceivedEventArgs Message, byte[] Payload)>(MessageRun.MaxBatch);
        client.ApplicationMessageReceivedAsync += async message =>
        {
            message.AutoAcknowledge = false;
            // The payload is the library's own, and may be used again after this.
            await waiting.Writer.WriteAsync((message, message.ApplicationMessage.Payload.ToArray()), cancellationToken).ConfigureAwait(false);
        };
        client.DisconnectedAsync += gone =>
        {
            waiting.Writer.TryComplete(gone.Exception ?? new IOException($"The broker closed the connection: {gone.ReasonString ?? gone.Reason.ToString()}"));
            return Task.CompletedTask;
        };
        await ConnectAsync(client, context, isLasting: true, cancellationToken).ConfigureAwait(false);
        await SubscribeAsync(client, context, cancellationToken).ConfigureAwait(false);
        context.State.Works("Subscribed.");
        await using var run = new MessageRun(context, wordsAreStates: true);
        var batch = new List<MqttApplicationMessageReceivedEventArgs>();
        while (await waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (batch.Count < MessageRun.MaxBatch && waiting.Reader.TryRead(out var one))
            {
                batch.Add(one.Message);
                await run.TakeAsync(one.Payload, one.Message.ApplicationMessage.Topic, cancellationToken).ConfigureAwait(false);
            }

            await run.CommitAsync(cancellationToken).ConfigureAwait(false);
            foreach (var message in batch) await message.AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
            batch.Clear();
        }
    }

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += message =>
        {
            first.TrySetResult(message.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await ConnectAsync(client, context, isLasting: false, cancellationToken).ConfigureAwait(false);
        await SubscribeAsync(client, context, cancellationToken).ConfigureAwait(false);
        var came = await Task.WhenAny(first.Task, Task.Delay(TimeSpan.FromSeconds(2), context.Parts.Time, cancellationToken)).ConfigureAwait(false);
        return came == first.Task ? $"Connected and subscribed; a message came on {await first.Task.ConfigureAwait(false)}." : "Connected and subscribed; no message came within two seconds.";
    }

    private static async Task ConnectAsync(IMqttClient client, SourceContext context, bool isLasting, CancellationToken cancellationToken)
    {
        var values = context.Values;
        var id = values.Text("clientId") is { Length: > 0 } said ? said : "livedash-" + context.Name;
        var options = MqttConnection.To(values).WithClientId(isLasting ? id : id + "-test-" + Guid.NewGuid().ToString("N")[..8]).WithCleanSession(!isLasting);
        if (values.Flag("tls")) options = options.WithTlsOptions(static tls => tls.UseTls());
        await MqttConnection.ConnectAsync(client, options, values, cancellationToken).ConfigureAwait(false);
    }

    private static async Task SubscribeAsync(IMqttClient client, SourceContext context, CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in context.Values.Lines("topics")) options = options.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        var answer = await client.SubscribeAsync(options.Build(), cancellationToken).ConfigureAwait(false);
        if (answer.Items.FirstOrDefault(static item => (int)item.ResultCode >= 128) is { } refused) throw new IOException($"The broker refused the topic {refused.TopicFilter.Topic}: {refused.ResultCode}.");
    }
}
