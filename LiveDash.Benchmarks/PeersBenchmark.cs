using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;

namespace LiveDash.Benchmarks;

/// <summary>
/// The whole way of line protocol, side by side in one run with Debian's VictoriaMetrics and InfluxDB: 1,000 series in turn, 5,000 lines a body, senders on the same
/// cores, first from a cold start and then again warm. LiveDash syncs each commit and knows repeats; VictoriaMetrics does not sync.
/// </summary>
internal sealed class PeersBenchmark : IBenchmark
{
    private const int Series = 1_000;
    private const int LinesPerBody = 5_000;

    /// <inheritdoc/>
    public string Name => "peers";

    /// <inheritdoc/>
    public string About => "line protocol against Debian's victoria-metrics and influxdb [--points 10000000] [--senders 4] [--rounds 2] [--only LiveDash]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var points = LoadBenchmark.Option(args, "--points", 10_000_000);
        var senders = LoadBenchmark.Option(args, "--senders", 4);
        var rounds = LoadBenchmark.Option(args, "--rounds", 2);
        var only = Array.IndexOf(args, "--only") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        foreach (var (name, start) in new (string, Func<Task<PeerServer?>>)[] { ("LiveDash", PeerServer.StartLiveDashAsync), ("VictoriaMetrics", PeerServer.TryStartVictoriaMetricsAsync), ("InfluxDB", PeerServer.TryStartInfluxAsync) })
        {
            if (only is not null && !only.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            await using var peer = await start();
            if (peer is null) continue;
            for (var round = 0; round < rounds; round++) await MeasureAsync(peer, points, senders, round);
            await peer.SettleAsync();
            var bytes = peer.DiskBytes;
            Console.WriteLine($"  {peer.Name}: {bytes / 1e6:N0} MB on disk, {bytes / ((double)points * rounds):F2} bytes a point");
        }

        return 0;
    }

    private static async Task MeasureAsync(PeerServer peer, int points, int senders, int round)
    {
        var cpu = peer.Cpu;
        var clock = Stopwatch.StartNew();
        var bodies = points / LinesPerBody;
        var next = -1;
        var most = 0.0;
        var sending = Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            var body = new byte[LinesPerBody * 64];
            int number;
            while ((number = Interlocked.Increment(ref next)) < bodies)
            {
                var length = Fill(body, ((long)round * bodies) + number);
                using var content = new ByteArrayContent(body, 0, length);
                using var answer = await peer.Client.PostAsync(peer.WritePath, content);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{peer.Name} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        })));
        do most = Math.Max(most, peer.ResidentMegabytes);
        while (await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(200))) != sending);
        await sending;
        var took = clock.Elapsed;
        var used = peer.Cpu - cpu;
        var sent = (double)bodies * LinesPerBody;
        Console.WriteLine(
            $"{peer.Name}, {(round == 0 ? "cold" : "warm")}: {sent / took.TotalSeconds / 1e6:F2} M points/s, {used.TotalNanoseconds / sent:N0} ns of CPU a point, at most {most:N0} MB"
            + (peer.Name == "LiveDash" ? " (goals 3.0, 550, 200)" : ""));
    }

    // Each series once a millisecond, values of two decimals.
    private static int Fill(byte[] body, long number)
    {
        var at = 0;
        for (var i = 0; i < LinesPerBody; i++)
        {
            var line = (number * LinesPerBody) + i;
            var series = (int)(line % Series);
            var time = 1_764_000_000_000L + (line / Series);
            body.AsSpan(at).TryWriteLine(series, (line * 7919 % 10_000) / 100.0, time, out var written);
            at += written;
        }

        return at;
    }
}
