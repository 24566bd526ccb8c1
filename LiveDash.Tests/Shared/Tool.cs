using System.Diagnostics;

namespace LiveDash.Tests.Shared;

/// <summary>A program of the system that a test talks to: found, started with its output kept, and stopped with the test.</summary>
public sealed class Tool : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];

    private Tool(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said so far.</summary>
    public string Said
    {
        get { lock (_said) return string.Join(Environment.NewLine, _said); }
    }

    /// <summary>True where it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Where a program stands, or null.</summary>
    public static string? Find(string name) =>
        new[] { "/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/lib/rabbitmq/bin" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Starts a program.</summary>
    public static Tool Start(string name, IEnumerable<string> arguments, string? directory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Find(name) ?? throw new InvalidOperationException(name + " is not installed."))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        return new Tool(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end and gives what it said; fails unless it ends well within a minute.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        await using var tool = Start(name, arguments);
        await tool.EndAsync(name);
        Assert.True(tool._process.ExitCode == 0, $"{name} ended with {tool._process.ExitCode}: {tool.Said}");
        return tool.Said;
    }

    /// <summary>Runs a program to its end and gives what it said, whether it succeeded or not.</summary>
    public static async Task<string> SayAsync(string name, params string[] arguments)
    {
        await using var tool = Start(name, arguments);
        await tool.EndAsync(name);
        return tool.Said;
    }

    /// <summary>A port of the loopback that is free now.</summary>
    public static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until a server listens; fails with what it said where it ends or does not within two minutes: some need most of one to start.</summary>
    public async Task ListensAsync(int port)
    {
        await Wait.UntilAsync(
            async () =>
            {
                Assert.False(HasExited, "The server ended: " + Said);
                using var probe = new System.Net.Sockets.TcpClient();
                try
                {
                    await probe.ConnectAsync(System.Net.IPAddress.Loopback, port);
                    return true;
                }
                catch (System.Net.Sockets.SocketException)
                {
                    return false;
                }
            },
            $"port {port} is listened on", TimeSpan.FromMinutes(2));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task EndAsync(string name)
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{name} does not end: {Said}");
        }
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Add(line);
    }
}
