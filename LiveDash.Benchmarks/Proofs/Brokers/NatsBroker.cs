using System.Globalization;
using LiveDash.Benchmarks.Load;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Net;

namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>NATS JetStream: a stream in files, each message confirmed by it.</summary>
internal sealed class NatsBroker : IProofBroker
{
    /// <summary>Its file.</summary>
    public const string Program = "/usr/sbin/nats-server";

    private const string Stream = "PROOF";
    private const string Subject = "proof.points";
    private readonly ProofDirectory _directory = new();
    private readonly string _address;
    private readonly bool _isGuardOff;
    private readonly BrokerServer _server;
    private NatsClient? _client;
    private INatsJSContext? _stream;

    /// <summary>Without the guard its stream is kept in memory.</summary>
    public NatsBroker(bool isGuardOff)
    {
        _isGuardOff = isGuardOff;
        var port = FreePort.Next();
        _address = $"nats://127.0.0.1:{port}";
        _server = new BrokerServer(port, Program, ["-js", "-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-sd", _directory.Path]);
    }

    /// <inheritdoc/>
    public string Name => "nats";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Source => new Dictionary<string, string> { ["kind"] = "nats", ["url"] = _address, ["stream"] = Stream };

    /// <inheritdoc/>
    public Task StartAsync() => _server.StartAsync();

    /// <inheritdoc/>
    public Task KillAsync() => _server.KillAsync();

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_client is { } before) await before.DisposeAsync();
        _client = null;
        var client = new NatsClient(_address);
        _client = client;
        _stream = client.CreateJetStreamContext();
        await _stream.CreateOrUpdateStreamAsync(new StreamConfig(Stream, [Subject]) { Storage = _isGuardOff ? StreamConfigStorage.Memory : StreamConfigStorage.File }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<byte[]> messages, CancellationToken cancellationToken)
    {
        var stream = _stream ?? throw new InvalidOperationException("Not connected.");
        return Task.WhenAll(messages.Select(async message => (await stream.PublishAsync(Subject, message, cancellationToken: cancellationToken)).EnsureSuccess()));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is { } client) await client.DisposeAsync();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
