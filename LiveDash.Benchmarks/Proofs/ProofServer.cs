using System.Diagnostics;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Web;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>The built program on a data directory that outlives it, to be killed, stopped and started again.</summary>
internal sealed class ProofServer : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;

    private ProofServer(Process process, Uri address, TimeSpan took)
    {
        _process = process;
        Took = took;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1024 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Client { get; }

    /// <summary>How long it took from the start of the process until it listened.</summary>
    public TimeSpan Took { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Its CPU time so far: what a start costs, whatever else the machine does.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

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

    /// <summary>How many files and sockets it has open.</summary>
    public int Handles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="settings">More settings.</param>
    /// <param name="before">A program to start it with, such as strace and its options; empty for none.</param>
    public static async Task<ProofServer> StartAsync(string directory, IEnumerable<string>? settings = null, IReadOnlyList<string>? before = null)
    {
        string[] line =
        [
            .. before ?? [], "dotnet", typeof(LiveDashApp).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={directory}",
            "--LiveDash:HostMetrics:Enabled=false",
            // Two at once must not fight for their ports.
            .. ListenerSpec.All.Select(static spec => $"--{ListenerBoard.Section(spec)}:Endpoint="), .. settings ?? [],
        ];
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The program did not start.");
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var listens = await address.Task.WaitAsync(s_patience);
            return new ProofServer(process, listens, clock.Elapsed);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("The program does not listen. It said: " + string.Join(Environment.NewLine, said));
        }

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }

    /// <summary>Kills it without a word and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited) Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])?.Dispose();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }
}
