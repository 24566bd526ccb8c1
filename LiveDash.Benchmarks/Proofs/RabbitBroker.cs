using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Debian's rabbitmq-server on ports of its own, with data that outlives it, to be killed and started again.</summary>
internal sealed class RabbitBroker(string directory) : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private readonly int _port = FreePort();
    private readonly int _distribution = FreePort();
    private readonly int _names = FreePort();
    private Process? _process;

    /// <summary>False where it is not installed.</summary>
    public static bool IsThere => File.Exists(Program);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_port}/"));

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ERL_EPMD_PORT"] = Text(_names), ["RABBITMQ_NODENAME"] = $"livedash{_port}@localhost", ["RABBITMQ_NODE_PORT"] = Text(_port), ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_DIST_PORT"] = Text(_distribution), ["RABBITMQ_MNESIA_BASE"] = directory, ["RABBITMQ_LOG_BASE"] = directory,
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory, "plugins"), ["HOME"] = directory,
        }) start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("rabbitmq-server did not start.");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!await ProofHttp.UntilAsync(AnswersAsync, s_patience)) throw new InvalidOperationException($"rabbitmq-server does not answer; its log is in {directory}.");
    }

    /// <summary>A connection that does not mend itself: the proof wants to know when it breaks.</summary>
    public Task<RabbitMQ.Client.IConnection> ConnectAsync() =>
        new RabbitMQ.Client.ConnectionFactory { Uri = Address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>Kills it without a word.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        // The name server that Erlang leaves behind.
        using var kill = Process.Start(new ProcessStartInfo("epmd", ["-port", Text(_names), "-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true });
        if (kill is not null) await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectAsync();
            return connection.IsOpen;
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
