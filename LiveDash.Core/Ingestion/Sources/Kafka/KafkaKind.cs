using Confluent.Kafka;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Kafka;

/// <summary>Reads topics of Kafka as a member of a consumer group; offsets are committed to the broker after the points are kept.</summary>
internal sealed class KafkaKind : SourceKind
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(200);

    public override string Name => "kafka";

    public override string Title => "Kafka topic";

    public override string Help => "Reads topics in a consumer group; offsets are committed once the points are kept.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("servers", "Servers", SourceFieldType.Text, "127.0.0.1:9092", "One broker or more: a:9092,b:9092.") { IsTarget = true },
        new("topics", "Topics", SourceFieldType.Lines, "", "One a line; one that begins with ^ is a pattern.") { IsRequired = true },
        new("group", "Group", SourceFieldType.Text, "livedash", "The consumer group."),
        new("options", "Options", SourceFieldType.Secret, "", "More settings of librdkafka, one a line: security.protocol=SASL_SSL."),
        .. MessageFields.All,
    ];

    // The library's reader blocks: it gets a thread of its own.
    public override Task RunAsync(SourceContext context, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => ReadAsync(context, cancellationToken).GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var admin = new AdminClientBuilder(Options(context)).Build();
            var metadata = admin.GetMetadata(TimeSpan.FromSeconds(5));
            var known = context.Values.Lines("topics").Where(topic => metadata.Topics.Any(one => one.Topic == topic)).ToList();
            return $"Connected to {metadata.Brokers.Count} brokers; of the topics {known.Count} of {context.Values.Lines("topics").Count} are there.";
        },
        cancellationToken);

    private static async Task ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var config = new ConsumerConfig(Options(context))
        {
            GroupId = context.Values.Text("group"),
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnablePartitionEof = false,
        };
        string? fatal = null;
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(config)
            .SetErrorHandler((_, error) =>
            {
                context.State.Set(error.IsFatal ? "failing" : "running", error.Reason);
                if (error.IsFatal) fatal = error.Reason;
            })
            .Build();
        consumer.Subscribe(context.Values.Lines("topics"));
        await using var run = new MessageRun(context);
        while (!cancellationToken.IsCancellationRequested && fatal is null)
        {
            var count = 0;
            for (var message = consumer.Consume(s_poll); message is not null; message = count < MessageRun.MaxBatch ? consumer.Consume(0) : null)
            {
                count++;
                await run.TakeAsync(message.Message.Value ?? [], message.Topic, cancellationToken).ConfigureAwait(false);
                consumer.StoreOffset(message);
            }

            if (count == 0) continue;
            await run.CommitAsync(cancellationToken).ConfigureAwait(false);
            consumer.Commit();
        }

        consumer.Close();
        if (fatal is not null) throw new IOException(fatal);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static Dictionary<string, string> Options(SourceContext context)
    {
        var options = new Dictionary<string, string> { ["bootstrap.servers"] = context.Values.Text("servers"), ["client.id"] = "livedash" };
        foreach (var (key, value) in context.Values.Pairs("options")) options[key] = value;
        return options;
    }
}
