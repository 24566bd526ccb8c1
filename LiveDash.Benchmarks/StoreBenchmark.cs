using System.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Benchmarks;

/// <summary>Durable append, scan, bytes a point and memory of the store, against one row a point in the same SQLite with the same sync policy.</summary>
internal sealed class StoreBenchmark : IBenchmark
{
    private const int BatchPoints = 1_000;
    private const int InFlight = 64;
    private const int ScanPoints = 5_000_000;
    private const long Start = 638_000_000_000_000_000L;

    public string Name => "store";

    public string About => "durable append, scan, disk and memory of the point store, against one row a point in SQLite";

    public async Task<int> RunAsync(string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
        try
        {
            await AppendAsync(Path.Combine(directory, "append"));
            foreach (var series in new[] { 1, 10, 1_000 }) await ScanAsync(Path.Combine(directory, $"scan{series}"), series);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task AppendAsync(string directory)
    {
        const int seriesCount = 100, ours = 2_000_000, rows = 100_000;
        Console.WriteLine($"append, {BatchPoints:N0}-point batches over {seriesCount} series, every batch synced before it is acknowledged; 5 rounds in turns, medians");
        await using var store = await OpenAsync(directory, seriesCount);
        using var peer = new RowPerPointStore(Path.Combine(directory, "rows.db"));
        var (mine, one, grouped) = (new List<double>(), new List<double>(), new List<double>());
        long at = 0;
        for (var round = -1; round < Meter.Rounds; round++)
        {
            var first = at;
            var seconds = new[]
            {
                await TimeAsync(() => FillAsync(store, ours, seriesCount, first)),
                await TimeAsync(() => Task.Run(() => peer.Append(rows, BatchPoints, seriesCount, Start + first))),
                await TimeAsync(() => Task.Run(() => peer.Append(rows, rows, seriesCount, Start + first + rows))),
            };
            at += ours;
            if (round < 0) continue;
            mine.Add(ours / seconds[0]);
            one.Add(rows / seconds[1]);
            grouped.Add(rows / seconds[2]);
        }

        var rate = Meter.Median(mine);
        Console.WriteLine($"  LiveDash, {InFlight} batches in flight       {rate / 1e6,8:N2} M points/s   budget 1.5: {Meter.Verdict(rate >= 1.5e6)}");
        Console.WriteLine($"  SQLite, a row a point, a commit a batch {Meter.Median(one) / 1e6,8:N2} M points/s   {rate / Meter.Median(one),6:N1} x   budget 10: {Meter.Verdict(rate >= 10 * Meter.Median(one))}");
        Console.WriteLine($"  SQLite, a row a point, {rows:N0} a commit  {Meter.Median(grouped) / 1e6,8:N2} M points/s   {rate / Meter.Median(grouped),6:N1} x");
        var alone = Stopwatch.StartNew();
        var latencies = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await FillAsync(store, BatchPoints, seriesCount, at += BatchPoints);
            latencies.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        latencies.Sort();
        Console.WriteLine($"  one batch at a time: {200 * BatchPoints / alone.Elapsed.TotalSeconds / 1e6:N2} M points/s, acknowledged in p50 {latencies[100]:N2} ms, p99 {latencies[198]:N2} ms");
    }

    private static async Task ScanAsync(string directory, int seriesCount)
    {
        Console.WriteLine($"\nscan, {ScanPoints:N0} points over {seriesCount:N0} series, one a 100 ms each, values with two decimals");
        await using var store = await OpenAsync(directory, seriesCount);
        await FillAsync(store, ScanPoints, seriesCount, 0);
        await store.Keeper.SealAsync();
        var bytes = (double)store.Database.Measure().Data / ScanPoints;
        Console.WriteLine($"  disk {bytes:N2} bytes a point   budget 6: {Meter.Verdict(bytes < 6)}");
        using var peer = new RowPerPointStore(Path.Combine(directory, "rows.db"));
        peer.Append(ScanPoints / 10, ScanPoints / 10, seriesCount, Start);
        var points = new BlockPointStore(store);
        var query = new PointQuery { Series = Enumerable.Range(0, seriesCount).ToArray() };
        var (up, down, rows) = (new List<double>(), new List<double>(), new List<double>());
        await CountAsync(points, query);
        GC.Collect();
        var idle = Process.GetCurrentProcess().WorkingSet64;
        long peak = idle;
        for (var round = 0; round < Meter.Rounds; round++)
        {
            up.Add(ScanPoints / await TimeAsync(async () => peak = Math.Max(peak, await CountAsync(points, query))));
            down.Add(ScanPoints / await TimeAsync(async () => peak = Math.Max(peak, await CountAsync(points, query with { Descending = true }))));
            rows.Add(ScanPoints / 10 / await TimeAsync(() => Task.Run(() => peer.Aggregate(seriesCount))));
        }

        var rate = Meter.Median(up);
        Console.WriteLine($"  ascending, count + sum + max        {rate / 1e6,8:N1} M points/s   budget 5: {Meter.Verdict(rate >= 5e6)}");
        Console.WriteLine($"  descending                          {Meter.Median(down) / 1e6,8:N1} M points/s");
        Console.WriteLine($"  SQLite, count + sum + max by series {Meter.Median(rows) / 1e6,8:N1} M points/s   {rate / Meter.Median(rows),6:N1} x");
        Console.WriteLine($"  memory above idle while scanning    {(peak - idle) / 1048576.0,8:N1} MiB          budget 20: {Meter.Verdict(peak - idle < 20 << 20)}");
    }

    private static async Task<StoreEngine> OpenAsync(string directory, int seriesCount)
    {
        var catalog = new SeriesCatalog(new Limits());
        var store = Stores.Embedded(directory, catalog);
        store.Open();
        for (var i = 0; i < seriesCount; i++) catalog.TryIntern(new SeriesKey("sensor", [new("n", $"{i}")]), out _);
        return store;
    }

    private static async Task FillAsync(StoreEngine store, int points, int seriesCount, long at)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(InFlight, points / BatchPoints)).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var n = Interlocked.Increment(ref next);
                if ((long)n * BatchPoints >= points) return;
                var batch = PointBatch.Rent(BatchPoints);
                for (var i = 0; i < BatchPoints; i++)
                {
                    var k = at + ((long)n * BatchPoints) + i;
                    batch.Add((int)(k % seriesCount), Start + (k / seriesCount * 1_000_000), Value(k));
                }

                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }
        })));
    }

    // A slow wave with noise, as a sensor gives it: two decimals.
    private static double Value(long k) => (2000 + (k / 1000 % 500) + ((k * 2654435761) >> 20 & 127)) / 100.0;

    private static async Task<long> CountAsync(BlockPointStore store, PointQuery query)
    {
        long count = 0, peak = 0, blocks = 0;
        double sum = 0, max = double.NegativeInfinity;
        await foreach (var block in store.ScanAsync(query, default))
        {
            foreach (var value in block.Values.Span)
            {
                sum += value;
                max = Math.Max(max, value);
            }

            count += block.Count;
            if (++blocks % 128 == 0) peak = Math.Max(peak, Process.GetCurrentProcess().WorkingSet64);
        }

        return count == ScanPoints && sum > max ? peak : throw new InvalidOperationException($"The scan gave {count} points.");
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
