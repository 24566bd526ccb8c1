using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Benchmarks;

/// <summary>
/// Means by minute of stored points: by this process straight from blocks, against a scan that merges all series by time; then over HTTP, side by side in one run with Debian's VictoriaMetrics
/// (without its cache of results) and InfluxDB on the same points.
/// </summary>
internal sealed class QueryBenchmark : IBenchmark
{
    private const int Series = 1_000;
    private const int Rows = 4_000;
    private const int LinesPerBody = 5_000;
    private const long First = 1_764_000_000_000L;
    private const int Rounds = 9;
    // Until code that is compiled as it is used stands at its last tier, as in a server that has run for a while; InfluxDB's is compiled before.
    private const int Warm = 40;

    // The label's pattern of each width.
    private static readonly (string What, int Series, string Hosts)[] s_widths = [("one series", 1, "h7"), ("100 series", 100, "h[1-9]?[0-9]"), ("1,000 series", 1_000, "h.*")];

    /// <inheritdoc/>
    public string Name => "query";

    /// <inheritdoc/>
    public string About => "mean by minute of 4 M points in 1,000 series, against a merged scan and Debian's victoria-metrics and influxdb [--alone]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await AloneAsync();
        if (!args.Contains("--alone")) await BesidePeersAsync();
        return 0;
    }

    private static async Task AloneAsync()
    {
        var directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
        try
        {
            var catalog = new SeriesCatalog(new Limits());
            await using var store = Stores.Embedded(directory, catalog);
            store.Open();
            for (var i = 0; i < Series; i++) catalog.TryIntern(new SeriesKey("cpu", [new("host", $"h{i}")]), out _);
            for (var row = 0; row < Rows; row++)
            {
                var batch = PointBatch.Rent(Series);
                for (var i = 0; i < Series; i++) batch.Add(i, Ticks(First + (row * 1000L)), Value(((long)row * Series) + i));
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }

            await store.Keeper.SealAsync();
            var points = new BlockPointStore(store);
            var engine = new QueryEngine(catalog, points, TimeProvider.System);
            Console.WriteLine($"by this process, from sealed blocks: {(long)Series * Rows:N0} points, {Series:N0} series, a point a second each");
            foreach (var (what, series, hosts) in s_widths)
            {
                var expr = PromQuery.Parse(Expression("cpu", hosts));
                var all = new PointQuery { Series = [.. Enumerable.Range(0, series)] };
                var (ours, merged) = (new List<double>(), new List<double>());
                for (var round = -1; round < Rounds; round++)
                {
                    var (query, scan) = (await TimeAsync(() => engine.RangeAsync(expr, Ticks(First), Ticks(First + (Rows * 1000L)), TimeSpan.TicksPerMinute, new QueryLimits(), default)), await TimeAsync(() => CountAsync(points, all)));
                    if (round < 0) continue;
                    ours.Add(query);
                    merged.Add(scan);
                }

                var (mine, peer) = (Meter.Median(ours), Meter.Median(merged));
                var rate = series * (double)Rows / mine;
                Console.WriteLine($"  {what,-12} {mine * 1e3,8:N2} ms   {rate / 1e6,6:N1} M points/s{(series == 1_000 ? $"   budget 5: {Meter.Verdict(rate >= 5e6)}" : "")}   scan merged by time {peer * 1e3,8:N2} ms, {peer / mine:N1} x");
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task BesidePeersAsync()
    {
        var peers = new List<PeerServer>();
        try
        {
            foreach (var start in new Func<Task<PeerServer?>>[] { PeerServer.StartLiveDashAsync, PeerServer.TryStartVictoriaMetricsAsync, PeerServer.TryStartInfluxAsync })
            {
                if (await start() is { } peer) peers.Add(peer);
            }

            foreach (var peer in peers) await FillAsync(peer);
            foreach (var peer in peers) await peer.SettleAsync();
            Console.WriteLine("over HTTP, in turns, medians");
            foreach (var (what, series, hosts) in s_widths)
            {
                var times = peers.Select(static _ => new List<double>()).ToList();
                for (var round = -Warm; round < Rounds; round++)
                {
                    for (var i = 0; i < peers.Count; i++)
                    {
                        if (round < -1 && peers[i].Name == "InfluxDB") continue;
                        var took = await TimeAsync(() => AskAsync(peers[i], hosts, series));
                        if (round >= 0) times[i].Add(took);
                    }
                }

                var medians = times.ConvertAll(Meter.Median);
                Console.WriteLine($"  {what,-12} " + string.Join("   ", peers.Select((peer, i) => $"{peer.Name} {medians[i] * 1e3:N2} ms{(i == 0 ? "" : $" ({medians[i] / medians[0]:N1} x, budget {(peer.Name == "InfluxDB" ? 3 : 1)}: {Meter.Verdict(medians[i] >= medians[0] * (peer.Name == "InfluxDB" ? 3 : 1))})")}")));
            }
        }
        finally
        {
            foreach (var peer in peers) await peer.DisposeAsync();
        }
    }

    private static async Task FillAsync(PeerServer peer)
    {
        var body = new byte[LinesPerBody * 64];
        for (var number = 0; number < Series * Rows / LinesPerBody; number++)
        {
            var at = 0;
            for (var i = 0; i < LinesPerBody; i++)
            {
                var line = ((long)number * LinesPerBody) + i;
                body.AsSpan(at).TryWriteLine((int)(line % Series), Value(line), First + (line / Series * 1000), out var written);
                at += written;
            }

            using var content = new ByteArrayContent(body, 0, at);
            using var answer = await peer.Client.PostAsync(peer.WritePath, content);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{peer.Name} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task AskAsync(PeerServer peer, string hosts, int series)
    {
        var (from, to) = (First / 1000, (First / 1000) + Rows);
        var path = peer.Name == "InfluxDB"
            ? "/query?db=bench&q=" + Uri.EscapeDataString($"SELECT mean(value) FROM cpu WHERE host =~ /^{hosts}$/ AND time >= {from}s AND time < {to}s GROUP BY time(1m), host")
            : $"/api/v1/query_range?query={Uri.EscapeDataString(Expression(peer.Name == "LiveDash" ? "cpu" : "cpu_value", hosts))}&start={from}&end={to}&step=60&nocache=1";
        var answer = await peer.Client.GetStringAsync(path);
        // Each series says its host once.
        var found = answer.Split("\"host\":").Length - 1;
        if (found != series) throw new InvalidOperationException($"{peer.Name} gave {found} series of {series}: {answer[..Math.Min(answer.Length, 300)]}");
    }

    private static string Expression(string name, string hosts) => string.Create(CultureInfo.InvariantCulture, $"avg_over_time({name}{{host=~\"{hosts}\"}}[1m])");

    private static async Task CountAsync(BlockPointStore store, PointQuery query)
    {
        long count = 0;
        await foreach (var block in store.ScanAsync(query, default)) count += block.Count;
        if (count != (long)query.Series.Count * Rows) throw new InvalidOperationException($"{count:N0} points were read.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    private static long Ticks(long milliseconds) => DateTime.UnixEpoch.Ticks + (milliseconds * ExprText.Millisecond);

    private static double Value(long line) => (line * 7919 % 10_000) / 100.0;
}
