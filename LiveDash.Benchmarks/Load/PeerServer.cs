using System.Diagnostics;
using System.Globalization;
using LiveDash.Web;

namespace LiveDash.Benchmarks.Load;

/// <summary>A server that takes line protocol, in a process of its own on an empty directory, gone afterwards.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private PeerServer(string name, string writePath, Process process, string directory, int port)
    {
        (Name, WritePath, _process, _directory) = (name, writePath, process, directory);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>Where lines go.</summary>
    public string WritePath { get; }

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; }

    /// <summary>Its CPU time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its memory in RAM now, in MB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>What it keeps on disk.</summary>
    public long DiskBytes => new DirectoryInfo(_directory).EnumerateFiles("*", SearchOption.AllDirectories).Where(static file => file.Name != "ballast").Sum(static file => file.Length);

    /// <summary>Starts LiveDash.</summary>
    public static Task<PeerServer?> StartLiveDashAsync() => StartAsync(
        "LiveDash", "dotnet", "/write", "/readyz",
        static (directory, port) => [typeof(LiveDashApp).Assembly.Location, "--urls", $"http://127.0.0.1:{port}", $"--LiveDash:DataDirectory={directory}", "--LiveDash:HostMetrics:Enabled=false"]);

    /// <summary>Starts VictoriaMetrics, or says what is missing.</summary>
    public static Task<PeerServer?> TryStartVictoriaMetricsAsync() => StartAsync(
        "VictoriaMetrics", Find("victoria-metrics"), "/write", "/health",
        static (directory, port) => ["-storageDataPath=" + directory, $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=100y"]);

    /// <summary>Starts InfluxDB, or says what is missing.</summary>
    public static async Task<PeerServer?> TryStartInfluxAsync()
    {
        var peer = await StartAsync("InfluxDB", Find("influxd"), "/write?db=bench", "/ping", static (_, _) => ["run"]);
        if (peer is not null) using (await peer.Client.PostAsync("/query?q=CREATE+DATABASE+bench", null)) return peer;
        return null;
    }

    /// <summary>Gives it the time to write away what it still holds in memory.</summary>
    public Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string? Find(string program) => new[] { "/usr/bin", "/usr/sbin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<PeerServer?> StartAsync(string name, string? program, string writePath, string readyPath, Func<string, int, string[]> arguments)
    {
        if (program is null)
        {
            Console.WriteLine($"{name} is not compared: it is not installed (apt-get install victoria-metrics influxdb).");
            return null;
        }

        var directory = Directory.CreateTempSubdirectory("livedash-peers-").FullName;
        var port = FreePort.Next();
        var start = new ProcessStartInfo(program, arguments(directory, port)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in new[]
        {
            ("INFLUXDB_HTTP_BIND_ADDRESS", $"127.0.0.1:{port}"), ("INFLUXDB_BIND_ADDRESS", $"127.0.0.1:{FreePort.Next()}"), ("INFLUXDB_META_DIR", directory + "/meta"),
            ("INFLUXDB_DATA_DIR", directory + "/data"), ("INFLUXDB_DATA_WAL_DIR", directory + "/wal"), ("INFLUXDB_REPORTING_DISABLED", "true"), ("INFLUXDB_HTTP_LOG_ENABLED", "false"),
        })
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peer = new PeerServer(name, writePath, process, directory, port);
        for (var i = 0; ; i++)
        {
            try
            {
                using var ready = await peer.Client.GetAsync(readyPath);
                if (ready.IsSuccessStatusCode) return peer;
            }
            catch (HttpRequestException) when (i < 600 && !process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }
    }
}
