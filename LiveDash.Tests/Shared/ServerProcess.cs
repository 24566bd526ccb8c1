using System.Diagnostics;
using LiveDash.Web;

namespace LiveDash.Tests.Shared;

/// <summary>The built program in a process of its own, on a free port, so that it can be killed without a word.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int ChaosJitterMs = 8;
    private readonly Process _process;
    private readonly TcpProxy? _line;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        if (IsChaos) address = (_line = new TcpProxy(address, ChaosJitterMs)).Address;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>True where <c>LIVEDASH_CHAOS=1</c>: then every client speaks over a slow line, and simulations go on for longer.</summary>
    public static bool IsChaos => Environment.GetEnvironmentVariable("LIVEDASH_CHAOS") == "1";

    /// <summary>Where it listens itself.</summary>
    public Uri Address { get; }

    /// <summary>A client of it; disposed with it.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<ServerProcess> StartAsync(string dataDirectory, params IEnumerable<string> settings) => StartAsync(dataDirectory, static _ => { }, settings);

    /// <summary>The same, and hears every line that it says.</summary>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, Action<string> heard, IEnumerable<string> settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(LiveDashApp).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={dataDirectory}",
                "--LiveDash:HostMetrics:Enabled=false",
            },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        foreach (var setting in LiveApp.ListenersOff.Concat(settings)) start.ArgumentList.Add(setting);
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ServerProcess(process, await address.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new InvalidOperationException("The program does not listen. It said: " + string.Join(Environment.NewLine, said));
        }

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            heard(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }

    /// <summary>Asks it to end as <c>kill</c> does and gives the exit code; fails where it has not ended within 15 s.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended by itself and has said all that it says, and gives the exit code; fails where that takes more than a minute.</summary>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    /// <summary>Kills it as <c>kill -9</c> does and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        if (_line is not null) await _line.DisposeAsync();
        _process.Dispose();
    }
}
