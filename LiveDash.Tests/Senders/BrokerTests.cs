using LiveDash.Tests.Shared;
using NATS.Net;

namespace LiveDash.Tests.Senders;

/// <summary>Debian's redis-server, nats-server and rabbitmq-server, and librdkafka's own mock cluster.</summary>
public sealed class BrokerTests
{
    [ToolFact("redis-server")]
    public async Task Redis_Stream_IsReadAndAcknowledgedAfterTheCommit()
    {
        var port = Tool.FreePort();
        using var directory = new TempDirectory();
        await using var redis = Tool.Start("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", directory.Path]);
        await redis.ListensAsync(port);
        await using var client = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        var database = client.GetDatabase();
        await database.StreamAddAsync("metrics", "data", """{"series":"by.redis","value":1.5}""");
        await database.StreamAddAsync("metrics", [new("temp", 21.5), new("state", "warm")]);
        await database.StreamAddAsync("metrics", "data", "no such thing");
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "red", "redis", ("connection", $"127.0.0.1:{port}"), ("stream", "metrics"));
        await SourceCalls.StoredAsync(app, "by.redis", "1.5");
        await SourceCalls.StoredAsync(app, "metrics.temp", "21.5");
        await Wait.UntilAsync(async () => (await database.StreamPendingAsync("metrics", "livedash")).PendingMessageCount == 0, "all are acknowledged");
        Assert.Contains("no such thing", await app.GetAsync("/api/settings/sources/red/poison"), StringComparison.Ordinal);
    }

    [ToolFact("nats-server")]
    public async Task Nats_Stream_IsReadAndAcknowledgedAfterTheCommit()
    {
        var port = Tool.FreePort();
        using var directory = new TempDirectory();
        await using var server = Tool.Start("nats-server", ["-js", "-a", "127.0.0.1", "-p", $"{port}", "-sd", directory.Path]);
        await server.ListensAsync(port);
        await using var client = new NatsClient($"nats://127.0.0.1:{port}");
        var stream = client.CreateJetStreamContext();
        await stream.CreateStreamAsync(new NATS.Client.JetStream.Models.StreamConfig("METRICS", ["plant.>"]));
        await stream.PublishAsync("plant.pump.speed", "1480"u8.ToArray());
        await stream.PublishAsync("plant.pump.json", """{"rpm":7}"""u8.ToArray());
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "nat", "nats", ("url", $"nats://127.0.0.1:{port}"), ("stream", "METRICS"));
        await SourceCalls.StoredAsync(app, "plant.pump.speed", "1480");
        await SourceCalls.StoredAsync(app, "plant.pump.json.rpm", "7");
        var consumer = await stream.GetConsumerAsync("METRICS", "livedash");
        await Wait.UntilAsync(
            async () =>
            {
                await consumer.RefreshAsync();
                return consumer.Info is { NumAckPending: 0, NumPending: 0 };
            },
            "all are acknowledged");
    }

    [ToolFact("rabbitmq-server")]
    public async Task RabbitMq_Queue_IsReadAndAcknowledgedAfterTheCommit()
    {
        var port = Tool.FreePort();
        var epmd = $"{Tool.FreePort()}";
        using var directory = new TempDirectory();
        // The name server that Erlang leaves behind ends with the test.
        await using var names = new Disposal(async () => await Tool.RunAsync("epmd", "-port", epmd, "-kill"));
        await using var server = Tool.Start("/usr/lib/rabbitmq/bin/rabbitmq-server", [], directory.Path, new Dictionary<string, string>
        {
            ["ERL_EPMD_PORT"] = epmd,
            ["RABBITMQ_NODENAME"] = $"livedash{port}@localhost", ["RABBITMQ_NODE_PORT"] = $"{port}", ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1", ["RABBITMQ_DIST_PORT"] = $"{Tool.FreePort()}",
            ["RABBITMQ_MNESIA_BASE"] = directory.Path, ["RABBITMQ_LOG_BASE"] = directory.Path, ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory.Path, "plugins"), ["HOME"] = directory.Path,
        });
        await server.ListensAsync(port);
        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new Uri($"amqp://guest:guest@127.0.0.1:{port}/") }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await RabbitMQ.Client.IChannelExtensions.QueueDeclareAsync(channel, "metrics", durable: true, exclusive: false, autoDelete: false);
        await RabbitMQ.Client.IChannelExtensions.BasicPublishAsync(channel, "", "metrics", """{"series":"by.rabbit","value":3}"""u8.ToArray());
        await RabbitMQ.Client.IChannelExtensions.BasicPublishAsync(channel, "", "metrics", "{"u8.ToArray());
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "rab", "rabbitmq", ("uri", $"amqp://guest:guest@127.0.0.1:{port}/"), ("queue", "metrics"));
        await SourceCalls.StoredAsync(app, "by.rabbit", "3");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources/rab/poison")).Contains("\"payload\":\"{\"", StringComparison.Ordinal), "the poison is shown");
        await Wait.UntilAsync(async () => await channel.MessageCountAsync("metrics") == 0, "the queue is empty");
    }

    [Fact]
    public async Task Kafka_Topic_IsReadAndItsOffsetCommitted()
    {
        using var producer = new Confluent.Kafka.ProducerBuilder<Confluent.Kafka.Null, byte[]>(new Dictionary<string, string> { ["test.mock.num.brokers"] = "1", ["bootstrap.servers"] = "mock" }).Build();
        using var admin = new Confluent.Kafka.DependentAdminClientBuilder(producer.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers[0];
        var servers = $"{broker.Host}:{broker.Port}";
        await producer.ProduceAsync("metrics", new() { Value = """{"series":"by.kafka","value":4}"""u8.ToArray() });
        await producer.ProduceAsync("metrics", new() { Value = "no point"u8.ToArray() });
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "kaf", "kafka", ("servers", servers), ("topics", "metrics"));
        await SourceCalls.StoredAsync(app, "by.kafka", "4");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/settings/sources/kaf/poison")).Contains("no point", StringComparison.Ordinal), "the poison is shown");
        var committed = new Confluent.Kafka.ConsumerBuilder<Confluent.Kafka.Ignore, byte[]>(new Confluent.Kafka.ConsumerConfig { BootstrapServers = servers, GroupId = "livedash" }).Build();
        using (committed)
        {
            await Wait.UntilAsync(() => committed.Committed([new("metrics", 0), new("metrics", 1), new("metrics", 2), new("metrics", 3)], TimeSpan.FromSeconds(10)).Sum(static one => Math.Max(0, one.Offset.Value)) == 2, "both offsets are committed");
        }
    }

    private sealed class Disposal(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
