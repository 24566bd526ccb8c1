using System.Diagnostics;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Debian's Alertmanager in a process of its own, on a free port of the loopback, that tells a webhook what it takes for firing and resolved; and amtool.</summary>
public sealed class TrueAlertmanager : IAsyncDisposable
{
    /// <summary>Where Debian puts amtool.</summary>
    public const string Amtool = "/usr/bin/amtool";

    private const string Program = "/usr/bin/prometheus-alertmanager";
    private readonly TempDirectory _directory;
    private readonly Process _process;

    private TrueAlertmanager(Process process, TempDirectory directory, int port)
    {
        (_process, _directory) = (process, directory);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>A client of it; disposed with it.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="receiver">The webhook it tells.</param>
    /// <param name="resolveTimeout">After how long it takes an alert without an end for over.</param>
    public static async Task<TrueAlertmanager> StartAsync(string receiver, string resolveTimeout)
    {
        var directory = new TempDirectory();
        var port = Tool.FreePort();
        var config = Path.Combine(directory.Path, "am.yml");
        await File.WriteAllTextAsync(config, $$"""
            global:
              resolve_timeout: {{resolveTimeout}}
            route:
              receiver: test
              group_by: [alertname, series]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
            - name: test
              webhook_configs:
              - url: {{receiver}}
                send_resolved: true
            """);
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
            ArgumentList =
            {
                $"--config.file={config}", $"--storage.path={Path.Combine(directory.Path, "data")}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
            },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var alertmanager = new TrueAlertmanager(process, directory, port);
        await Wait.UntilAsync(alertmanager.IsReadyAsync, "Alertmanager is ready");
        return alertmanager;
    }

    /// <summary>Runs amtool against a server and gives what it wrote; fails unless it succeeded.</summary>
    public static async Task<string> AmtoolAsync(Uri server, params string[] arguments)
    {
        var start = new ProcessStartInfo(Amtool) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--alertmanager.url={server}");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var said = await error;
        Assert.True(process.ExitCode == 0, $"amtool {string.Join(' ', arguments)}: {process.ExitCode} {output}{said}");
        return output;
    }

    /// <summary>The alerts it holds.</summary>
    public async Task<JsonElement> AlertsAsync() => JsonDocument.Parse(await Client.GetStringAsync(new Uri("/api/v2/alerts", UriKind.Relative))).RootElement;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
