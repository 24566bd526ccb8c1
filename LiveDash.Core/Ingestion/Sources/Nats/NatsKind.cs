using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Net;

namespace LiveDash.Core.Ingestion.Sources.Nats;

/// <summary>Reads a stream of NATS JetStream by a durable consumer; messages are acknowledged after the commit.</summary>
internal sealed class NatsKind : SourceKind
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    public override string Name => "nats";

    public override string Title => "NATS JetStream";

    public override string Help => "Reads a stream by a durable consumer; messages are acknowledged once their points are kept.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("url", "Address", SourceFieldType.Secret, "nats://127.0.0.1:4222", "nats:// or tls://, with user and password where they are asked for."),
        new("stream", "Stream", SourceFieldType.Text, "", "The stream's name; it must be there.") { IsRequired = true },
        new("subject", "Subject", SourceFieldType.Text, "", "Only this subject of the stream, with wildcards."),
        new("consumer", "Consumer", SourceFieldType.Text, "livedash", "The durable consumer; made where it is not there."),
        .. MessageFields.All,
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var client = new NatsClient(context.Values.Text("url"), "LiveDash " + context.Name);
        var config = new ConsumerConfig(context.Values.Text("consumer")) { AckPolicy = ConsumerConfigAckPolicy.Explicit, MaxAckPending = 2 * MessageRun.MaxBatch };
        if (context.Values.Text("subject") is { Length: > 0 } subject) config.FilterSubject = subject;
        var consumer = await client.CreateJetStreamContext().CreateOrUpdateConsumerAsync(context.Values.Text("stream"), config, cancellationToken).ConfigureAwait(false);
        context.State.Works("Reading.");
        await using var run = new MessageRun(context);
        var batch = new List<INatsJSMsg<byte[]>>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What is there already comes at once; only an empty stream is waited for.
            var options = new NatsJSFetchOpts { MaxMsgs = MessageRun.MaxBatch, Expires = s_longest };
            await foreach (var message in consumer.FetchNoWaitAsync<byte[]>(options, cancellationToken: cancellationToken).ConfigureAwait(false)) batch.Add(message);
            if (batch.Count == 0 && await consumer.NextAsync<byte[]>(opts: new NatsJSNextOpts { Expires = s_longest }, cancellationToken: cancellationToken).ConfigureAwait(false) is { } next) batch.Add(next);
            if (batch.Count == 0) continue;
            foreach (var message in batch) await run.TakeAsync(message.Data ?? [], message.Subject, cancellationToken).ConfigureAwait(false);
            await run.CommitAsync(cancellationToken).ConfigureAwait(false);
            foreach (var message in batch) await message.AckAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            batch.Clear();
        }
    }

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var client = new NatsClient(context.Values.Text("url"), "LiveDash test");
        var stream = await client.CreateJetStreamContext().GetStreamAsync(context.Values.Text("stream"), cancellationToken: cancellationToken).ConfigureAwait(false);
        return $"Connected; the stream holds {stream.Info.State.Messages:N0} messages.";
    }
}
