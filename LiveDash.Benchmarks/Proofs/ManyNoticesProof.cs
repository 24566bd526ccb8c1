using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>As many alerts as there may be, each told by itself.</summary>
internal sealed class ManyNoticesProof : IProof
{
    /// <inheritdoc/>
    public string Figure => "F13";

    /// <inheritdoc/>
    public string Name => "many-notices";

    /// <inheritdoc/>
    public string About => "10,000 alerts (1,000 in short), each a notice of its own, to a fast receiver: all told, none twice, and in 10 s";

    /// <inheritdoc/>
    public string Guard => "a receiver whose answers come after the time-out, so that what it took is sent again";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var alerts = run.Choose(1_000, 10_000);
        using var data = new ProofDirectory();
        await using var receiver = await ProofReceiver.StartAsync();
        await using var server = await ProofServer.StartAsync(data.Path, ["--LiveDash:Notifications:MaxGroup=1", $"--LiveDash:Notifications:Timeout=00:00:{(run.IsGuardOff ? "01" : "59")}"]);
        if (run.IsGuardOff) receiver.Delay = TimeSpan.FromSeconds(2);
        using var channels = await server.Client.PutAsJsonAsync("/api/settings/channels", new[] { new { name = "proof", kind = "webhook", url = receiver.Address } });
        channels.EnsureSuccessStatusCode();
        using var rule = await server.Client.PostAsJsonAsync("/api/rules", new { name = "proof", expr = "last(many{n=*}, 1) > 80", channels = new[] { "proof" } });
        rule.EnsureSuccessStatusCode();
        var text = new StringBuilder();
        for (var i = 0; i < alerts; i++) text.Append(CultureInfo.InvariantCulture, $"{{\"series\":\"many\",\"tags\":{{\"n\":\"{i}\"}},\"value\":90}}\n");
        var begun = Stopwatch.GetTimestamp();
        var (status, said) = await server.Client.PostAsync("/api/points", text.ToString(), "application/x-ndjson");
        if (status != 200) throw new InvalidOperationException($"{status} {said}");
        await ProofHttp.UntilAsync(() => Task.FromResult(receiver.Told.Count >= alerts || (run.IsGuardOff && receiver.Taken.Values.Any(static count => count > 1))), TimeSpan.FromSeconds(120));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        // Those that would come twice come now.
        await ProofHttp.UntilAsync(() => Task.FromResult(receiver.Requests > alerts), TimeSpan.FromSeconds(2));
        var figures = new Dictionary<string, object> { ["alerts"] = alerts, ["told"] = receiver.Told.Count, ["requests"] = receiver.Requests, ["twice"] = receiver.Taken.Values.Count(static count => count > 1) };
        if (!run.IsShort) figures["seconds"] = Math.Round(seconds, 2);
        await server.StopAsync();
        return new ProofOutcome(receiver.Told.Count == alerts && receiver.Taken.Values.All(static count => count == 1) && receiver.Requests == alerts && (run.IsShort || seconds <= 10), figures);
    }
}
