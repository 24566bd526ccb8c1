using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>The process of a broker on a port and a folder of its own, which outlive it.</summary>
/// <param name="port">Where it listens.</param>
/// <param name="program">Its file.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Its variables, beside those there are.</param>
internal sealed class BrokerServer(int port, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) : IAsyncDisposable
{
    // RabbitMQ alone needs most of a minute where the machine is busy.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private Process? _process;

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = _process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!await ProofHttp.UntilAsync(ListensAsync, s_patience)) throw new InvalidOperationException($"{program} does not listen.");
    }

    /// <summary>Kills it and what it started, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(KillAsync());

    private async Task<bool> ListensAsync()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"{program} ended with {_process.ExitCode}.");
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
