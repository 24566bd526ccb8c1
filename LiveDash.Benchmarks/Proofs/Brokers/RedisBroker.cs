using System.Globalization;
using LiveDash.Benchmarks.Load;
using StackExchange.Redis;

namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>Redis: a stream, written to its append-only file before the answer.</summary>
internal sealed class RedisBroker : IProofBroker
{
    /// <summary>Its file.</summary>
    public const string Program = "/usr/bin/redis-server";

    private const string Stream = "proof";
    private readonly ProofDirectory _directory = new();
    private readonly string _address;
    private readonly BrokerServer _server;
    private ConnectionMultiplexer? _connection;

    /// <summary>Without the guard it keeps nothing on disk.</summary>
    public RedisBroker(bool isGuardOff)
    {
        var port = FreePort.Next();
        _address = $"127.0.0.1:{port}";
        _server = new BrokerServer(port, Program,
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _directory.Path, "--save", "", "--appendonly", isGuardOff ? "no" : "yes", "--appendfsync", "always",
        ]);
    }

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Source => new Dictionary<string, string> { ["kind"] = "redis", ["connection"] = _address, ["stream"] = Stream };

    /// <inheritdoc/>
    public Task StartAsync() => _server.StartAsync();

    /// <inheritdoc/>
    public Task KillAsync() => _server.KillAsync();

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } before) await before.DisposeAsync();
        _connection = null;
        _connection = await ConnectionMultiplexer.ConnectAsync(_address + ",abortConnect=true,connectTimeout=2000");
    }

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<byte[]> messages, CancellationToken cancellationToken)
    {
        var database = (_connection ?? throw new InvalidOperationException("Not connected.")).GetDatabase();
        return Task.WhenAll(messages.Select(message => database.StreamAddAsync(Stream, "data", message)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
