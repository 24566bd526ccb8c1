using System.Globalization;
using LiveDash.Benchmarks.Load;
using RabbitMQ.Client;

namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>RabbitMQ: a quorum queue, publisher confirms, and messages that must find a queue. Of one node it says nothing about partitions.</summary>
internal sealed class RabbitBroker : IProofBroker
{
    /// <summary>Its file; the one on the path asks for another user.</summary>
    public const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private const string Queue = "proof";
    private readonly ProofDirectory _directory = new();
    private readonly string _names = FreePort.Next().ToString(CultureInfo.InvariantCulture);
    private readonly bool _isGuardOff;
    private readonly Uri _address;
    private readonly BrokerServer _server;
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Without the guard its queue is kept in memory and nothing is confirmed.</summary>
    public RabbitBroker(bool isGuardOff)
    {
        _isGuardOff = isGuardOff;
        var port = FreePort.Next();
        _address = new Uri($"amqp://guest:guest@127.0.0.1:{port}/");
        _server = new BrokerServer(port, Program, [], new Dictionary<string, string>
        {
            ["ERL_EPMD_PORT"] = _names, ["RABBITMQ_NODENAME"] = $"livedash{port}@localhost", ["RABBITMQ_NODE_PORT"] = port.ToString(CultureInfo.InvariantCulture), ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_DIST_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture), ["RABBITMQ_MNESIA_BASE"] = _directory.Path, ["RABBITMQ_LOG_BASE"] = _directory.Path,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _directory.File("plugins"), ["HOME"] = _directory.Path,
        });
    }

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Source => new Dictionary<string, string> { ["kind"] = "rabbitmq", ["uri"] = _address.ToString(), ["queue"] = Queue };

    /// <inheritdoc/>
    public Task StartAsync() => _server.StartAsync();

    /// <inheritdoc/>
    public Task KillAsync() => _server.KillAsync();

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        _connection = await new ConnectionFactory { Uri = _address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: !_isGuardOff, publisherConfirmationTrackingEnabled: !_isGuardOff), cancellationToken);
        await _channel.QueueDeclareAsync(
            Queue, durable: !_isGuardOff, exclusive: false, autoDelete: false, _isGuardOff ? null : new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<byte[]> messages, CancellationToken cancellationToken)
    {
        var channel = _channel ?? throw new InvalidOperationException("Not connected.");
        var properties = new BasicProperties { Persistent = !_isGuardOff };
        return Task.WhenAll(messages.Select(message => channel.BasicPublishAsync("", Queue, mandatory: true, properties, message, cancellationToken).AsTask()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _server.DisposeAsync();
        // The name server that Erlang leaves behind.
        await Tracer.RunAsync("epmd", "-port", _names, "-kill");
        _directory.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_channel is { } channel) await channel.DisposeAsync();
        if (_connection is { } connection) await connection.DisposeAsync();
        (_channel, _connection) = (null, null);
    }
}
