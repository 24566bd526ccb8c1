using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using LiveDash.Web;

namespace LiveDash.Benchmarks;

/// <summary>A redis-server and workers in processes of their own, ended on disposal.</summary>
internal sealed class PlotWorkers : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly int _port;

    private PlotWorkers(int port) => _port = port;

    /// <summary>What the server is told.</summary>
    internal IEnumerable<string> Settings => [$"--LiveDash:Jobs:Redis={Address}"];

    /// <summary>Where Redis is.</summary>
    internal string Address => $"127.0.0.1:{_port}";

    /// <summary>Starts Redis.</summary>
    internal static Task<PlotWorkers> StartRedisAsync()
    {
        var all = new PlotWorkers(FreePort.Next());
        all.Start("redis-server", ["--port", all._port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        return Task.FromResult(all);
    }

    /// <summary>Starts workers and waits until the server lists them.</summary>
    internal async Task StartAsync(HttpClient server, int count)
    {
        for (var i = 1; i <= count; i++) Start("dotnet", [typeof(LiveDashApp).Assembly.Location, "worker", "--redis", Address, "--server", server.BaseAddress!.ToString(), "--name", $"w{i}"]);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync())
        {
            var text = await server.GetStringAsync("/api/workers");
            if (Enumerable.Range(1, count).All(i => text.Contains($"\"w{i}\"", StringComparison.Ordinal))) return;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private void Start(string program, IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }
}
