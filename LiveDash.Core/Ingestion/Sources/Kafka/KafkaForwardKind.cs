using Confluent.Kafka;
using LiveDash.Core.Ingestion.Forwarding;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Kafka;

/// <summary>Produces points on to a topic of Kafka, as bodies of NDJSON.</summary>
internal sealed class KafkaForwardKind(ForwardHub hub) : ForwardKind(hub)
{
    public override string Name => "forward-kafka";

    public override string Title => "Kafka topic";

    public override string Help => "Produces points on to a topic, many lines of JSON a message.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("servers", "Servers", SourceFieldType.Text, "127.0.0.1:9092", "One broker or more: a:9092,b:9092.") { IsTarget = true },
        new("topic", "Topic", SourceFieldType.Text, "livedash", "Where to produce."),
        new("options", "Options", SourceFieldType.Secret, "", "More settings of librdkafka, one a line."),
        .. Shared,
    ];

    protected override bool IsJson => true;

    public override Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var admin = new AdminClientBuilder(Options(context)).Build();
            return $"Connected to {admin.GetMetadata(TimeSpan.FromSeconds(5)).Brokers.Count} brokers.";
        },
        cancellationToken);

    protected override async Task SendAsync(SourceContext context, byte[] body, CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(Options(context)).Build();
        await producer.ProduceAsync(context.Values.Text("topic"), new() { Value = body }, cancellationToken).ConfigureAwait(false);
    }

    private static List<KeyValuePair<string, string>> Options(SourceContext context) =>
        [new("bootstrap.servers", context.Values.Text("servers")), new("client.id", "livedash"), new("message.timeout.ms", "20000"), .. context.Values.Pairs("options")];
}
