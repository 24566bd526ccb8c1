using System.ComponentModel;
using System.Globalization;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>
/// The whole program over HTTP, loader and server on the same cores: taking points in durably, and giving half a million back, against a Flask
/// generator endpoint in turns within the same run.
/// </summary>
internal sealed class LoadBenchmark : IBenchmark
{
    private const int Points = 500_000;
    private const int Rounds = 5;

    /// <inheritdoc/>
    public string Name => "load";

    /// <inheritdoc/>
    public string About => "the whole program: POST /api/points durably, GET /api/points against Flask [--seconds 10] [--senders 8] [--rate points/s, 0: all that goes] [--post-only] [--key: with a key against without, in turns]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var seconds = Option(args, "--seconds", 10);
        var senders = Option(args, "--senders", 8);
        if (args.Contains("--key"))
        {
            await KeyCost.RunAsync(seconds, senders, Option(args, "--rate", 0));
            return 0;
        }

        await MeasurePostAsync(seconds, senders, Option(args, "--rate", 0));
        if (!args.Contains("--post-only")) await MeasureGetAsync();
        return 0;
    }

    private static async Task MeasurePostAsync(int seconds, int senders, int wanted)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        Console.WriteLine($"idle after start: {server.ResidentMegabytes:F0} MB (budget 150)");
        await new PostLoad(server, senders) { FirstTime = 1_400_000_000_000 }.RunAsync(TimeSpan.FromSeconds(2), wanted);
        var before = await ServerAccount.ReadAsync(server);
        var cpu = server.Cpu;
        var load = new PostLoad(server, senders);
        var memory = new MemoryWatch(server);
        var took = await memory.DuringAsync(load.RunAsync(TimeSpan.FromSeconds(seconds), wanted));
        cpu = server.Cpu - cpu;
        var account = (await ServerAccount.ReadAsync(server)).Since(before);
        var rate = load.Acknowledged / took.TotalSeconds;
        Console.WriteLine(
            $"POST /api/points, 1,000 lines a body, {senders} connections, acknowledged after the commit: {rate:N0} points/s "
            + $"(budget 300,000: {Meter.Verdict(rate >= 0.995 * 300_000)}), {load.Acknowledged:N0} points in {took.TotalSeconds:F1} s, "
            + $"acknowledgement p50 {load.Percentile(50):F1} ms, p99 {load.Percentile(99):F1} ms, 429s {load.Refused}");
        Console.WriteLine($"  server CPU {cpu.TotalSeconds:F1} s; {memory}");
        Console.WriteLine($"  acknowledged {load.Acknowledged:N0}; {account}: {(account.IsExact && load.Acknowledged == account.Accepted ? "exact" : "NOT EXACT")}");
    }

    private static async Task MeasureGetAsync()
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        await PointFill.RunAsync(server, Points);
        await using var flask = await TryStartFlaskAsync();
        string[] paths = ["/api/points?series=coords", "/get_points"];
        string[] flaskPaths = flask is null ? [] : ["/get_points", "/get_points_joined"];
        var peers = paths.Select(path => (Name: "LiveDash " + path, server.Client, Path: path))
            .Concat(flaskPaths.Select(path => (Name: "Flask " + path, flask!.Client, Path: path)))
            .ToList();
        var reads = peers.Select(static _ => new List<StreamRead>()).ToList();
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < peers.Count; i++)
            {
                var read = await StreamRead.RunAsync(peers[i].Client, peers[i].Path);
                if (read.Lines != Points) throw new InvalidOperationException($"{peers[i].Name} gave {read.Lines} lines instead of {Points}.");
                if (round >= 0) reads[i].Add(read);
            }
        }

        for (var i = 0; i < peers.Count; i++)
        {
            var total = Meter.Median([.. reads[i].Select(static read => read.TotalMs)]);
            var first = Meter.Median([.. reads[i].Select(static read => read.FirstByteMs)]);
            Console.WriteLine($"GET {peers[i].Name}: {Points:N0} points in {total:F0} ms ({Points / total / 1000:F2} M points/s, {reads[i][0].Bytes / total / 1000:F0} MB/s), first byte {first:F1} ms");
        }

        Console.WriteLine($"  memory of LiveDash afterwards {server.ResidentMegabytes:F0} MB");
        if (flask is null) return;
        var own = Meter.Median([.. reads[1].Select(static read => read.TotalMs)]);
        for (var i = paths.Length; i < peers.Count; i++)
        {
            var ratio = Meter.Median([.. reads[i].Select(static read => read.TotalMs)]) / own;
            Console.WriteLine($"  /get_points is {ratio:F1} times as fast as {peers[i].Name} (budget 10: {Meter.Verdict(ratio >= 10)})");
        }
    }

    private static async Task<ServerUnderLoad?> TryStartFlaskAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Load", "flask_points.py");
        try
        {
            return await ServerUnderLoad.StartAsync("python3", [script, Points.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (Exception exception) when (exception is TimeoutException or Win32Exception)
        {
            Console.WriteLine("Flask is not compared: python3 with flask did not start (apt-get install python3-flask).");
            return null;
        }
    }

    internal static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    internal static int Option(string[] args, string name, int fallback)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
    }
}
