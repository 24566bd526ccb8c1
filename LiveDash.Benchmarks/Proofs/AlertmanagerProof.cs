using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Debian's Alertmanager with a time-out far shorter than the minute in which it is told again: what fires is never taken for over.</summary>
internal sealed class AlertmanagerProof : IProof
{
    private const string Program = "/usr/bin/prometheus-alertmanager";

    /// <inheritdoc/>
    public string Figure => "F13";

    /// <inheritdoc/>
    public string Name => "alertmanager";

    /// <inheritdoc/>
    public string About => "prometheus-alertmanager with resolve_timeout 25 s (2 s in short) and a rule that fires for 3 minutes (8 s): no false 'resolved', and one once it is over";

    /// <inheritdoc/>
    public string Guard => "tell it once, without an end";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        if (!File.Exists(Program)) return ProofOutcome.Skipped("prometheus-alertmanager is not installed");
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        await using var receiver = await ProofReceiver.StartAsync();
        var port = FreePort.Next();
        using var manager = await StartAsync(work, port, receiver.Address, TimeSpan.FromSeconds(run.Choose(2, 25)));
        try
        {
            await using var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Notifications:GroupWait=00:00:00"]);
            using var channels = await server.Client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "am", kind = "alertmanager", url = $"http://127.0.0.1:{port}/api/v2/alerts" } });
            channels.EnsureSuccessStatusCode();
            using var rule = await server.Client.PostAsJsonAsync("/api/rules", new { name = "proof", expr = "last(proof, 1) > 80", severity = "critical", channels = new[] { "am" } });
            rule.EnsureSuccessStatusCode();
            if (run.IsGuardOff)
            {
                using var direct = new HttpClient();
                using var once = await direct.PostAsJsonAsync(new Uri($"http://127.0.0.1:{port}/api/v2/alerts"), new[] { new { labels = new { alertname = "proof" } } });
                once.EnsureSuccessStatusCode();
            }

            var (clock, looks, missing) = (Stopwatch.StartNew(), 0, 0);
            var heard = false;
            for (var end = TimeSpan.FromSeconds(run.Choose(8, 180)); clock.Elapsed < end; await Task.Delay(500))
            {
                if (!run.IsGuardOff) await server.Client.PostAsync("/api/points", """{"series":"proof","value":95}""");
                var there = await CountAsync(port) > 0;
                if (heard && !there) missing++;
                heard |= there;
                looks++;
            }

            var falsely = Resolved(receiver);
            await server.Client.PostAsync("/api/points", """{"series":"proof","value":5}""");
            var ended = await ProofHttp.UntilAsync(() => Task.FromResult(Resolved(receiver) > falsely), TimeSpan.FromSeconds(run.IsGuardOff ? 1 : 60));
            await server.StopAsync();
            var figures = new Dictionary<string, object> { ["looks"] = looks, ["missing"] = missing, ["falselyResolved"] = falsely, ["endHeard"] = ended, ["requests"] = receiver.Requests };
            return new ProofOutcome(heard && missing == 0 && falsely == 0 && ended, figures);
        }
        finally
        {
            manager.Kill();
            await manager.WaitForExitAsync();
        }
    }

    private static int Resolved(ProofReceiver receiver) => receiver.Told.Values.Sum(static kinds => kinds.Count(static kind => kind == "resolved"));

    private static async Task<int> CountAsync(int port)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/v2/alerts"))).RootElement.GetArrayLength();
    }

    private static async Task<Process> StartAsync(ProofDirectory work, int port, string receiver, TimeSpan resolveTimeout)
    {
        var config = work.File("am.yml");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $$"""
            global:
              resolve_timeout: {{resolveTimeout.TotalSeconds}}s
            route:
              receiver: proof
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
            - name: proof
              webhook_configs:
              - url: {{receiver}}
                send_resolved: true
            """));
        var process = Process.Start(new ProcessStartInfo(Program, [$"--config.file={config}", $"--storage.path={work.File("am")}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("Alertmanager did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ProofHttp.UntilAsync(async () =>
        {
            try
            {
                return await CountAsync(port) == 0;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(60));
        return process;
    }
}
