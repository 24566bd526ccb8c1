using System.Diagnostics;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Model;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace LiveDash.Benchmarks;

/// <summary>The store in a true PostgreSQL that syncs each commit: append, bytes a point, scan and documents, against COPY of rows into the same server in the same run.</summary>
internal sealed class PostgresBenchmark : IBenchmark
{
    private const int BatchPoints = 1_000;
    private const int InFlight = 64;
    private const int SeriesCount = 100;
    private const int StorePoints = 2_000_000;
    private const int RowPoints = 500_000;
    private const long Start = 638_000_000_000_000_000L;

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public string About => "PostgreSQL as the store: durable append, bytes a point, scan of 500,000, documents, against COPY of rows with and without a key [--rounds 5]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var rounds = LoadBenchmark.Option(args, "--rounds", Meter.Rounds);
        using var server = new PostgresUnderLoad();
        if (!PostgresAddress.TryParse(server.Address, out var address, out var fault)) throw new InvalidOperationException(fault);
        var catalog = new SeriesCatalog(new Limits());
        await using var store = new StoreEngine(new PostgresBlockDatabase(new PostgresStoreOptions { Address = address!, MeasurePace = TimeSpan.Zero }, TimeProvider.System), new StorageOptions(), catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance);
        store.Open();
        for (var i = 0; i < SeriesCount; i++) catalog.TryIntern(new SeriesKey("sensor", [new("n", $"{i}")]), out _);
        using var rows = server.Open();
        Run(rows, "CREATE TABLE rows_bare (series integer, t bigint, id bigint, value double precision); CREATE TABLE rows_keyed (series integer, t bigint, id bigint, value double precision, PRIMARY KEY (series, t, id))");
        Console.WriteLine($"PostgreSQL {rows.ServerVersion}, {SeriesCount} series; the store takes {BatchPoints:N0}-point batches, each synced before it is acknowledged; COPY takes {RowPoints:N0} rows a commit");
        await AppendAsync(server, store, rows, rounds);
        await store.Keeper.SealAsync();
        await ScanAsync(store, rows, rounds);
        await DocumentsAsync(store);
        return 0;
    }

    private static async Task AppendAsync(PostgresUnderLoad server, StoreEngine store, NpgsqlConnection rows, int rounds)
    {
        var (mine, bare, keyed, own, servers) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        long at = 0, row = 0;
        for (var round = -1; round < rounds; round++)
        {
            var (before, beforeServer) = (Environment.CpuUsage.TotalTime.TotalSeconds, server.Processor);
            var filled = await TimeAsync(() => FillAsync(store, StorePoints, InFlight, at));
            var (took, tookServer) = (Environment.CpuUsage.TotalTime.TotalSeconds - before, server.Processor - beforeServer);
            var seconds = new[] { filled, await TimeAsync(() => Task.Run(() => Copy(rows, "rows_bare", row))), await TimeAsync(() => Task.Run(() => Copy(rows, "rows_keyed", row))) };
            (at, row) = (at + StorePoints, row + RowPoints);
            if (round < 0) continue;
            mine.Add(StorePoints / seconds[0]);
            bare.Add(RowPoints / seconds[1]);
            keyed.Add(RowPoints / seconds[2]);
            own.Add(took / StorePoints * 1e9);
            servers.Add(tookServer / StorePoints * 1e9);
        }

        var rate = Meter.Median(mine);
        Console.WriteLine($"  append, {InFlight} batches in flight   {rate / 1e6,6:N2} M points/s   budget 1.5: {Meter.Verdict(rate >= 1.5e6)}");
        // On a machine that does other work besides, this says more than the clock.
        var both = Meter.Median(own) + Meter.Median(servers);
        Console.WriteLine($"    processor a point, loader included: {Meter.Median(own):N0} ns here, {Meter.Median(servers):N0} ns in the server; two cores with nothing else to do would take {2e3 / both:N1} M points/s at most (budget 1.5: {Meter.Verdict(2e3 / both >= 1.5)})");
        Console.WriteLine($"  COPY of rows without a key    {Meter.Median(bare) / 1e6,6:N2} M points/s   the store is {rate / Meter.Median(bare):N1} times as fast");
        Console.WriteLine($"  COPY of rows with a key       {Meter.Median(keyed) / 1e6,6:N2} M points/s   the store is {rate / Meter.Median(keyed):N1} times as fast");
        var latencies = new List<double>();
        for (var i = 0; i < 200; i++) latencies.Add(1000 * await TimeAsync(() => FillAsync(store, BatchPoints, 1, at += BatchPoints)));
        latencies.Sort();
        Console.WriteLine($"  one batch at a time: {BatchPoints / latencies[100] / 1000:N2} M points/s, acknowledged in p50 {latencies[100]:N1} ms, p99 {latencies[198]:N1} ms");
    }

    private static async Task ScanAsync(StoreEngine store, NpgsqlConnection rows, int rounds)
    {
        long stored = 0;
        for (var i = 0; i < SeriesCount; i++) stored += new BlockPointStore(store).GetStats().First(one => one.Series == i).Count;
        var bytes = (double)store.Database.Measure().Data / stored;
        var counted = (long)Ask(rows, "SELECT count(*) FROM rows_bare")!;
        var (bare, keyed) = ((double)(long)Ask(rows, "SELECT pg_total_relation_size('rows_bare')")! / counted, (double)(long)Ask(rows, "SELECT pg_total_relation_size('rows_keyed')")! / counted);
        Console.WriteLine($"  kept once sealed: {bytes:N2} bytes a point (budget 3: {Meter.Verdict(bytes <= 3)}); as rows {bare:N0}, with a key {keyed:N0}");
        Run(rows, "ANALYZE rows_keyed");
        // A fifth of the time of each series that gives half a million points.
        var perSeries = RowPoints / SeriesCount;
        var query = new PointQuery { Series = [.. Enumerable.Range(0, SeriesCount)], Range = new TimeRange(Start, Start + (perSeries * 1_000_000L)) };
        var points = new BlockPointStore(store);
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var ours = await TimeAsync(() => CountAsync(points, query));
            var other = await TimeAsync(() => Task.Run(() => Read(rows)));
            if (round < 0) continue;
            mine.Add(ours * 1000);
            theirs.Add(other * 1000);
        }

        Console.WriteLine($"  scan of {RowPoints:N0} points by time: {Meter.Median(mine):N0} ms (budget 100: {Meter.Verdict(Meter.Median(mine) <= 100)}); as many rows with a key, in their order {Meter.Median(theirs):N0} ms, {Meter.Median(theirs) / Meter.Median(mine):N1} times as long");
    }

    private static async Task DocumentsAsync(StoreEngine store)
    {
        var documents = new BlockDocumentStore(store);
        var times = new List<double>();
        for (var i = 0; i < 200; i++) times.Add(1000 * await TimeAsync(() => documents.ApplyAsync([new DocumentChange("bench", "one", new byte[500])], default)));
        times.Sort();
        Console.WriteLine($"  a change of documents: p50 {times[100]:N1} ms, p99 {times[198]:N1} ms");
    }

    private static async Task FillAsync(StoreEngine store, int points, int inFlight, long at)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && (long)n * BatchPoints < points)
            {
                var batch = PointBatch.Rent(BatchPoints);
                for (var i = 0; i < BatchPoints; i++)
                {
                    var k = at + ((long)n * BatchPoints) + i;
                    batch.Add((int)(k % SeriesCount), Time(k), Value(k));
                }

                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }
        })));
    }

    private static void Copy(NpgsqlConnection connection, string table, long at)
    {
        using var rows = connection.BeginBinaryImport($"COPY {table} (series, t, id, value) FROM STDIN (FORMAT BINARY)");
        for (var k = at; k < at + RowPoints; k++)
        {
            rows.StartRow();
            rows.Write((int)(k % SeriesCount), NpgsqlDbType.Integer);
            rows.Write(Time(k), NpgsqlDbType.Bigint);
            rows.Write(k, NpgsqlDbType.Bigint);
            rows.Write(Value(k), NpgsqlDbType.Double);
        }

        rows.Complete();
    }

    private static async Task CountAsync(BlockPointStore store, PointQuery query)
    {
        var (count, sum) = (0L, 0.0);
        await foreach (var block in store.ScanAsync(query, default))
        {
            foreach (var value in block.Values.Span) sum += value;
            count += block.Count;
        }

        if (count != RowPoints || sum <= 0) throw new InvalidOperationException($"The scan gave {count} points.");
    }

    private static void Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT series, t, id, value FROM rows_keyed WHERE t < $1 ORDER BY t, id", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Time(RowPoints) });
        using var reader = command.ExecuteReader();
        var (count, sum) = (0L, 0.0);
        while (reader.Read())
        {
            sum += reader.GetInt32(0) + reader.GetInt64(1) + reader.GetInt64(2) + reader.GetDouble(3);
            count++;
        }

        if (count != RowPoints || sum <= 0) throw new InvalidOperationException($"The rows gave {count} points.");
    }

    private static long Time(long k) => Start + (k / SeriesCount * 1_000_000);

    // A slow wave with noise, as a sensor gives it: two decimals.
    private static double Value(long k) => (2000 + (k / 1000 % 500) + ((k * 2654435761) >> 20 & 127)) / 100.0;

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static object? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
