using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Mutated bodies at every door that reads text: no 5xx, no exit.</summary>
internal sealed class FuzzProof : IProof
{
    private static readonly (string Path, string Type, string[] Seeds)[] s_doors =
    [
        ("/api/points", "application/x-ndjson", ["""{"series":"fuzz","tags":{"a":"b"},"t":1700000000000,"value":1.5,"pt":[1,2],"id":"x"}""", """[{"series":"fuzz","value":1},{"series":"fuzz","value":-2e3}]"""]),
        ("/write", "text/plain", ["fuzz,a=b value=1,other=2i,third=t 1700000000000000000", "fuzz\\ x,a=b\\,c value=\"text\",v=1"]),
        ("/api/rules/preview", "application/json", ["""{"expr":"mean(cpu.load{host=*}, 30s) > 80 critical 95 for 10s keep 5s clear 70","from":"now-1h","to":"now"}""", """{"expr":"absent(x, 1d) and not outside(y, 5m, 10, 20) or rate(z, 1m) < 5"}"""]),
        ("/api/rules/import", "application/yaml", ["rules:\n- name: hot\n  expr: last(x, 1) > 80\n", "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n    for: 5m\n"]),
        ("/api/points/query", "application/json", ["""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}"""]),
        ("/api/import?format=csv", "text/csv", ["time,value,x,y\n2026-01-01T00:00:00Z,1,2,3\n", "a;b\n\"x\"\"y\";2\n"]),
        ("/submit", "application/json", ["""{"kind":"line","series":["cpu.load"],"start":"2001","end":"2021","width":80,"height":45,"format":"png"}"""]),
        ("/api/silences", "application/json", ["""{"rule":"hot","duration":"1h","comment":"x"}"""]),
    ];

    private static readonly string[] s_words = ["NaN", "1e999", "-0", "\\u0000", "\\ud800", "{", "[", "]", "\"", "\u202e", "\ufeff", "null", "9223372036854775808", "*", "&a", "!!x", "\r\n", "\t", "%s", "../", "|", "- - - -", "0x1", "))))", "((((", "for 10s"];

    /// <inheritdoc/>
    public string Figure => "F10";

    /// <inheritdoc/>
    public string Name => "fuzz";

    /// <inheritdoc/>
    public string About => "mutated bodies for 180 s (15 s in short) at eight doors: answered below 500 each, the server alive and ready at the end; the slowest answer";

    /// <inheritdoc/>
    public string Guard => "a disk whose sync fails (EIO by strace), so that there is something to be found";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        if (run.IsGuardOff && !await Tracer.IsHereAsync()) return ProofOutcome.Skipped("strace is not here, or may not trace");
        await using var server = await ProofServer.StartAsync(data.Path, null, run.IsGuardOff ? Tracer.FailingSync(60) : null);
        var random = new Random(run.Seed);
        var faults = new List<string>();
        var (tried, slowest, slow) = (0L, 0.0, "");
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(run.Choose(15, 180)) && faults.Count < 20;)
        {
            var (path, type, seeds) = s_doors[random.Next(s_doors.Length)];
            var body = Mutate(Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]), random);
            var at = Stopwatch.GetTimestamp();
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            try
            {
                using var answer = await server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
                // 507 and 503 would say that the disk is full, which it is not.
                if ((int)answer.StatusCode >= 500) faults.Add($"{path} {(int)answer.StatusCode}: {Convert.ToBase64String(body)}");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                faults.Add($"{path} {e.Message}: {Convert.ToBase64String(body)}");
            }

            tried++;
            var took = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            if (took > slowest) (slowest, slow) = (took, $"{path}: {Convert.ToBase64String(body)}");
        }

        // What it still has to do may take a while.
        var isReady = !server.HasExited && await ProofHttp.UntilAsync(
            async () => (await server.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative))).Contains("\"status\":\"ready\"", StringComparison.Ordinal), TimeSpan.FromSeconds(run.IsGuardOff ? 1 : 60));
        var figures = new Dictionary<string, object> { ["tried"] = tried, ["faults"] = faults, ["readyAtTheEnd"] = isReady };
        if (!run.IsShort)
        {
            figures["slowestMs"] = Math.Round(slowest);
            figures["slowest"] = slow;
        }

        return new ProofOutcome(faults.Count == 0 && isReady && tried > 0, figures);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when bytes.Count > 0:
                    bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_words[random.Next(s_words.Length)]));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 3 when at < bytes.Count:
                    var part = bytes.GetRange(at, Math.Min(random.Next(1, 16), bytes.Count - at));
                    for (var times = random.Next(1, 64); times > 0; times--) bytes.InsertRange(at, part);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
