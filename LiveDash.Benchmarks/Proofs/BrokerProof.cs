using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using RabbitMQ.Client;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A broker that is killed while points go through it, and a server that is killed while it reads: what the broker confirmed is kept, once.</summary>
internal sealed class BrokerProof : IProof
{
    private const string Queue = "metrics";
    private const int AtOnce = 64;

    /// <inheritdoc/>
    public string Figure => "F18";

    /// <inheritdoc/>
    public string Name => "broker";

    /// <inheritdoc/>
    public string About => "rabbitmq-server (one node, quorum queue, confirms, mandatory) killed 8 times (once in short) and the server between: confirmed - stored = 0, duplicates = 0; a single node says nothing about partitions";

    /// <inheritdoc/>
    public string Guard => "take a message for safe once it is sent, without the broker's confirmation";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        if (!RabbitBroker.IsThere) return ProofOutcome.Skipped("rabbitmq-server is not installed");
        var rounds = run.Choose(1, 8);
        var messages = run.Choose(1_500, 5_000);
        var random = new Random(run.Seed);
        using var data = new ProofDirectory();
        using var broken = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        long next = 0;
        var emptied = false;
        await using (var broker = new RabbitBroker(broken.Path))
        {
            await broker.StartAsync();
            await DeclareAsync(broker);
            var server = await ProofServer.StartAsync(data.Path);
            try
            {
                using var set = await server.Client.PutAsJsonAsync("/api/settings/sources/proof", new { kind = "rabbitmq", enabled = true, values = new Dictionary<string, string> { ["uri"] = broker.Address.ToString(), ["queue"] = Queue } });
                if (!set.IsSuccessStatusCode) throw new InvalidOperationException(await set.Content.ReadAsStringAsync());
                for (var round = 0; round < rounds; round++)
                {
                    // In the middle of it.
                    var killing = Task.Run(async () =>
                    {
                        var after = ledger.Acknowledged + random.Next(messages / 4, messages / 2);
                        await ProofHttp.UntilAsync(() => Task.FromResult(ledger.Acknowledged >= after), TimeSpan.FromSeconds(60));
                        await broker.KillAsync();
                    });
                    next = await PublishAsync(broker, ledger, next, messages, isConfirmed: !run.IsGuardOff);
                    await killing;
                    await broker.StartAsync();
                    if (round % 2 == 0)
                    {
                        await server.DisposeAsync();
                        server = await ProofServer.StartAsync(data.Path);
                    }
                }

                emptied = await ProofHttp.UntilAsync(async () => await WaitingAsync(broker) == 0, TimeSpan.FromSeconds(120));
                await server.StopAsync();
            }
            finally
            {
                await server.DisposeAsync();
            }
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var figures = report.Figures();
        figures["brokerKills"] = rounds;
        figures["queueEmptied"] = emptied;
        // Many are on their way at once, and come again in any order.
        figures.Remove("outOfOrder");
        return new ProofOutcome(report is { Lost: 0, Duplicated: 0, Unexpected: 0, Faults.Count: 0, Acknowledged: > 0 } && emptied, figures);
    }

    private static async Task DeclareAsync(RabbitBroker broker)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
    }

    private static async Task<uint> WaitingAsync(RabbitBroker broker)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(Queue)).MessageCount;
    }

    // Until the broker is gone. What was not confirmed may be there or not; it is not sent again.
    private static async Task<long> PublishAsync(RabbitBroker broker, Ledger ledger, long first, int most, bool isConfirmed)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: isConfirmed, publisherConfirmationTrackingEnabled: isConfirmed));
        var properties = new BasicProperties { Persistent = true };
        var end = first + most;
        var next = first;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (long number; (number = Interlocked.Increment(ref next) - 1) < end;)
            {
                var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"series":"proof.0","t":{{1_700_000_000_000 + number}},"value":{{number}},"id":"{{number}}"}"""));
                ledger.Attempt(0, number, 1);
                try
                {
                    await channel.BasicPublishAsync("", Queue, mandatory: true, properties, body);
                    ledger.Acknowledge(0, number, 1);
                }
                catch (Exception e) when (e is IOException or RabbitMQ.Client.Exceptions.RabbitMQClientException or ObjectDisposedException or OperationCanceledException)
                {
                    return;
                }
            }
        }));
        return end;
    }
}
