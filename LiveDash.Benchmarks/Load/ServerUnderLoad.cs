using System.Diagnostics;
using LiveDash.Web;

namespace LiveDash.Benchmarks.Load;

/// <summary>A program under measurement in a process of its own; killed and its data deleted on disposal.</summary>
internal sealed class ServerUnderLoad : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string? _directory;

    private ServerUnderLoad(Process process, Uri address, string? directory)
    {
        _process = process;
        _directory = directory;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Its memory in RAM now, in MB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>How many threads it has.</summary>
    public int Threads
    {
        get
        {
            _process.Refresh();
            return _process.Threads.Count;
        }
    }

    /// <summary>How many files and sockets it has open; 0 where the system does not tell.</summary>
    public int Handles => Directory.Exists($"/proc/{_process.Id}/fd") ? Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length : 0;

    /// <summary>Its CPU time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts LiveDash on an empty data directory.</summary>
    public static Task<ServerUnderLoad> StartLiveDashAsync(params IEnumerable<string> settings) => StartLiveDashAsync(static _ => Task.CompletedTask, settings);

    /// <summary>Starts LiveDash on a data directory into which something was put.</summary>
    public static async Task<ServerUnderLoad> StartLiveDashAsync(Func<string, Task> fill, params IEnumerable<string> settings)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-load-").FullName;
        await fill(directory);
        return await StartAsync("dotnet", [typeof(LiveDashApp).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={directory}",
            // Their addresses would be told first.
            "--LiveDash:Listeners:OtlpGrpc:Endpoint=", "--LiveDash:Listeners:OtlpHttp:Endpoint=", .. settings], directory);
    }

    /// <summary>Starts any program that prints the address it listens on.</summary>
    public static async Task<ServerUnderLoad> StartAsync(string program, IEnumerable<string> arguments, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerUnderLoad(process, await address.Task.WaitAsync(TimeSpan.FromSeconds(30)), directory);
        }
        catch (Exception)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
            throw;
        }

        void Hear(string? line)
        {
            // Kestrel's own line, or Flask's; other listeners tell of their addresses, too.
            if (line is null || !(line.Contains("Now listening on: ", StringComparison.Ordinal) || line.Contains("Running on ", StringComparison.Ordinal))) return;
            var at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at < 0) return;
            var port = new string([.. line[(at + 17)..].TakeWhile(char.IsAsciiDigit)]);
            if (port.Length > 0) address.TrySetResult(new Uri("http://127.0.0.1:" + port));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_directory is not null) Directory.Delete(_directory, recursive: true);
    }
}
