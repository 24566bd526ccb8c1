using System.Text;
using System.Text.Json;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Every bad input of the list, between two good lines, over each protocol: an answer, the neighbours kept, the server alive.</summary>
internal sealed class BadInputProof : IProof
{
    /// <inheritdoc/>
    public string Figure => "F9";

    /// <inheritdoc/>
    public string Name => "bad-input";

    /// <inheritdoc/>
    public string About => "every bad input between two good lines, as NDJSON and as line protocol, and bad bodies and paths: no 5xx, no exit, neighbours kept, the right reason told";

    /// <inheritdoc/>
    public string Guard => "limits above what is offered (names of 100,000 bytes, JSON of any depth)";

    // Bad lines of NDJSON, and the reason each must be told by.
    private static readonly (string Line, string Reason)[] s_lines =
    [
        ("""{"series":"bad","value":NaN}""", "not_finite"), ("""{"series":"bad","value":"NaN"}""", "not_finite"), ("""{"series":"bad","value":1e400}""", "not_finite"),
        ($$"""{"series":"bad","value":{{new string('9', 400)}}}""", "not_finite"), ("""{"series":"bad","value":Infinity}""", "not_finite"),
        ($$"""{"series":"bad","value":{{new string('[', 65)}}1{{new string(']', 65)}}}""", "too_deep"), ($$"""{"series":"bad","x":{{new string('[', 5_000)}}""", "too_deep"),
        ("""{"series":"bad","value":1,"value":2}""", "bad_json"), ("""{"series":"bad","value":1,}""", "bad_json"), ("""{"series":"bad","value":01}""", "bad_json"),
        ("""{"series":"bad","value":1}{"series":"bad","value":2}""", "bad_json"), ("""{"series":"b\u0000d","value":1}""", "bad_name"), ("""{"series":"b\u202ed","value":1}""", "bad_name"),
        ("""{"series":"b\ud800d","value":1}""", "bad_utf8"), ("""{"series":"","value":1}""", "bad_name"), ($$"""{"series":"{{new string('n', 300)}}","value":1}""", "bad_name"),
        ($$"""{"series":"bad","tags":{"a":"{{new string('x', 70_000)}}"},"value":1}""", "line_too_long"), ("""{"series":"bad","t":9223372036854775807,"value":1}""", "future"),
        ("""{"series":"bad","t":"0000-00-00","value":1}""", "bad_time"), ("""{"series":"bad","t":"2999-01-01T00:00:00Z","value":1}""", "future"),
        ("""{"series":"bad"}""", "missing_field"), ("""{"value":1}""", "missing_field"), ("""{"series":"bad","timestamp":1,"value":1}""", "unknown_field"),
        ("""{"series":"bad","value":true}""", "bad_value"), ("""{"series":"bad","value":1,"pt":[1]}""", "bad_value"), ("not json at all", "bad_json"),
        ("""{"series":"bad","value":1,"pt":[1e400,2]}""", "not_finite"), ("[", "bad_json"), ("}", "bad_json"),
    ];

    // Of line protocol the reason is one of a few, so that only the answer's class and the neighbours are judged.
    private static readonly string[] s_influx =
    [
        "bad value=", "bad value=1i2", "bad, value=1", "bad,a= value=1", "bad value=1 notatime", "bad value=1 99999999999999999999999", "=", "bad", ",,, ,,, ,,,",
        "bad value=NaN", "bad value=1e400", "bad\\", "bad value=\"never ends", "b\u0000d value=1", new string('a', 70_000),
    ];

    private static readonly string[] s_paths =
    [
        "/api/points?series=..%2f..%2fetc%2fpasswd", "/api/points?from=%00&series=x", "/api/jobs/..%2f..%2f", "/api/jobs/%252e%252e", "/..%5c..%5cx", "/api/points?limit=-1&series=x",
        "/api/points?limit=99999999999999999999&series=x", "/api/windows?series=x&window=0", "/api/windows?series=x&window=99999999999999d", "/api/points?series=%FF%FE", "/api/series?tag=%7B%7B%7B",
        "/api/points?series=x&bbox=NaN,0,1,1", "/download/%00", "/api/alerts?state=%F0%9F%98%80",
    ];

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        await using var server = await ProofServer.StartAsync(data.Path, run.IsGuardOff ? ["--LiveDash:Limits:MaxNameBytes=100000", "--LiveDash:Limits:MaxJsonDepth=1000"] : []);
        var faults = new List<string>();
        var good = 0;
        foreach (var (line, reason) in s_lines)
        {
            var (status, body) = await server.Client.PostAsync("/api/points", $"{Good(good++)}\n{line}\n{Good(good++)}\n", "application/x-ndjson");
            if (status != 200) faults.Add($"{Short(line)}: {status}");
            else if (Told(body) is var told && told != (2, 1, reason)) faults.Add($"{Short(line)}: {told}");
        }

        foreach (var line in s_influx)
        {
            var (status, _) = await server.Client.PostAsync("/write", $"good value={good++}\n{line}\ngood value={good++}\n", "text/plain");
            if (status >= 500) faults.Add($"{Short(line)}: {status}");
        }

        foreach (var path in s_paths)
        {
            using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
            if ((int)answer.StatusCode >= 500) faults.Add($"{path}: {(int)answer.StatusCode}");
        }

        faults.AddRange(await BodiesAsync(server));
        var kept = (await server.Client.GetStringAsync(new Uri("/api/points?series=good&fields=value", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        if (kept != good) faults.Add($"{good - kept} good neighbours are missing");
        if (server.HasExited) faults.Add("the server ended");
        return new ProofOutcome(faults.Count == 0, new Dictionary<string, object>
        {
            ["tried"] = s_lines.Length + s_influx.Length + s_paths.Length + 6, ["neighboursKept"] = kept, ["faults"] = faults,
        });
    }

    private static async Task<List<string>> BodiesAsync(ProofServer server)
    {
        var faults = new List<string>();
        (string What, string Encoding, byte[] Body)[] bodies =
        [
            ("not gzip", "gzip", Encoding.ASCII.GetBytes("not gzip")), ("not brotli", "br", [0xff, 0xff, 0xff, 0x00]), ("two encodings", "gzip, br", [1, 2, 3]),
            ("unknown encoding", "zip", [1]), ("a bomb", "gzip", Bomb()), ("half a gzip", "gzip", Bomb()[..20]),
        ];
        foreach (var (what, encoding, bytes) in bodies)
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("application/x-ndjson");
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
            if ((int)answer.StatusCode is < 400 or >= 500) faults.Add($"{what}: {(int)answer.StatusCode}");
        }

        return faults;
    }

    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[64 * 1024 * 1024]);
        return bytes.ToArray();
    }

    private static string Good(int number) => $$"""{"series":"good","t":{{1_700_000_000_000L + number}},"value":{{number}}}""";

    private static (int Accepted, int Rejected, string Reason) Told(string body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var errors = root.GetProperty("errors");
        return (root.GetProperty("accepted").GetInt32(), root.GetProperty("rejected").GetInt32(), errors.GetArrayLength() > 0 ? errors[0].GetProperty("reason").GetString()! : "");
    }

    private static string Short(string line) => line.Length <= 60 ? line : line[..60] + "...";
}
