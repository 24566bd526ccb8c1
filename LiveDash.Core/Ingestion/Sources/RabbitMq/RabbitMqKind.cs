using System.Threading.Channels;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LiveDash.Core.Ingestion.Sources.RabbitMq;

/// <summary>Reads a queue of RabbitMQ; messages are acknowledged after the commit, and come again where LiveDash went away before it.</summary>
internal sealed class RabbitMqKind : SourceKind
{
    public override string Name => "rabbitmq";

    public override string Title => "RabbitMQ queue";

    public override string Help => "Reads a queue; messages are acknowledged once their points are kept.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("uri", "Address", SourceFieldType.Secret, "amqp://guest:guest@127.0.0.1:5672/", "amqp:// or amqps://, with user and password."),
        new("queue", "Queue", SourceFieldType.Text, "", "The queue's name; it must be there.") { IsRequired = true },
        .. MessageFields.All,
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicQosAsync(0, MessageRun.MaxBatch, global: false, cancellationToken).ConfigureAwait(false);
        var waiting = Channel.CreateBounded<(ulong Tag, string Key, byte[] Body)>(MessageRun.MaxBatch);
        var consumer = new AsyncEventingBasicConsumer(channel);
        // The body is the library's own, and gone after this.
        consumer.ReceivedAsync += async (_, message) => await waiting.Writer.WriteAsync((message.DeliveryTag, message.RoutingKey, message.Body.ToArray()), cancellationToken).ConfigureAwait(false);
        channel.ChannelShutdownAsync += (_, why) =>
        {
            waiting.Writer.TryComplete(new IOException("The broker closed the channel: " + why.ReplyText));
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            waiting.Writer.TryComplete(new IOException("The queue was deleted."));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(context.Values.Text("queue"), autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        context.State.Works("Reading.");
        await using var run = new MessageRun(context);
        while (await waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ulong last = 0;
            for (var i = 0; i < MessageRun.MaxBatch && waiting.Reader.TryRead(out var message); i++)
            {
                last = message.Tag;
                await run.TakeAsync(message.Body, message.Key, cancellationToken).ConfigureAwait(false);
            }

            await run.CommitAsync(cancellationToken).ConfigureAwait(false);
            await channel.BasicAckAsync(last, multiple: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var queue = await channel.QueueDeclarePassiveAsync(context.Values.Text("queue"), cancellationToken).ConfigureAwait(false);
        return $"Connected; {queue.MessageCount:N0} messages wait in {queue.QueueName}.";
    }

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (!Uri.TryCreate(values.Text("uri"), UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps")) yield return new("uri", "The address is such as amqp://user:password@127.0.0.1:5672/.");
    }

    private static Task<IConnection> ConnectAsync(SourceContext context, CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = new Uri(context.Values.Text("uri")), ClientProvidedName = "LiveDash " + context.Name, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
}
