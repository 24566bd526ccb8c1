using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace LiveDash.Tests.Shared;

/// <summary>A <c>redis-server</c> of the test's own on a free port of the loopback, without a file of its own unless it is asked to append.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly bool _appendOnly;
    private Process? _process;

    private RedisServer(int port, bool appendOnly) => (Port, _appendOnly) = (port, appendOnly);

    /// <summary>Where the program is, or null.</summary>
    public static string? Program { get; } = ((string[])["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server"]).FirstOrDefault(File.Exists);

    /// <summary>Its port; the same after <see cref="StartAgainAsync"/>.</summary>
    public int Port { get; }

    /// <summary>What LiveDash is told.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(bool appendOnly = false)
    {
        Assert.True(Program is not null, "redis-server is not installed (apt-get install redis-server).");
        var server = new RedisServer(Tool.FreePort(), appendOnly);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on its port and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", _appendOnly ? "yes" : "no", "--dir", _directory.Path];
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Wait.UntilAsync(AnswersAsync, "redis-server answers");
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Empties it.</summary>
    public async Task FlushAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Address + ",allowAdmin=true");
        await connection.GetServer(Address).FlushAllDatabasesAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _directory.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[5];
            await client.GetStream().ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
