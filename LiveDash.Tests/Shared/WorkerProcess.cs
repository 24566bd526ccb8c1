using System.Diagnostics;
using LiveDash.Web;

namespace LiveDash.Tests.Shared;

/// <summary>The built program as a worker in a process of its own.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];

    private WorkerProcess(Process process, string name)
    {
        _process = process;
        Name = name;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it calls itself.</summary>
    public string Name { get; }

    /// <summary>All that it said.</summary>
    public string Said
    {
        get { lock (_said) return string.Join(Environment.NewLine, _said); }
    }

    /// <summary>Starts it; it works when Redis lists it.</summary>
    public static WorkerProcess Start(string redis, Uri server, string name) => Start(redis, name, "--server", server.ToString());

    /// <summary>Starts one that is told more, such as where it reads points.</summary>
    public static WorkerProcess Start(string redis, string name, params string[] more) => Start(name, ["--redis", redis, .. more]);

    /// <summary>Starts one that is told what else belongs to a worker.</summary>
    public static WorkerProcess Start(string name, string[] more)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(LiveDashApp).Assembly.Location, "worker", "--name", name },
        };
        foreach (var one in more) start.ArgumentList.Add(one);
        return new WorkerProcess(Process.Start(start)!, name);
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Tells it to stop and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal by name, such as STOP, which freezes it, and CONT, which lets it go on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Add(line);
    }
}
