using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Model;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Mongo;
using LiveDash.Tests.Shared.MongoDouble;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace LiveDash.Benchmarks;

/// <summary>
/// MongoDB without a database: a server that only answers. Appending against the driver's own ceiling; half a million of the seed's documents to NDJSON over HTTP against a raw
/// loop of find and getMore that writes nothing, and against Flask over pymongo.
/// </summary>
internal sealed class MongoBenchmark : IBenchmark
{
    private const int Documents = 500_000;
    private const int BatchPoints = 1_000;
    private const int InFlight = 64;
    private const int AppendPoints = 2_000_000;

    // Where a distribution's package puts its modules; another python3 in the path may not see them.
    private const string SystemPython = "/usr/bin/python3";

    /// <inheritdoc/>
    public string Name => "mongo";

    /// <inheritdoc/>
    public string About => "MongoDB: append against the driver's ceiling, 500,000 documents to NDJSON against a raw loop and Flask over pymongo [--rounds 5]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var rounds = LoadBenchmark.Option(args, "--rounds", Meter.Rounds);
        await using var sink = new MongoSink(Documents);
        await AppendAsync(sink, rounds);
        await ReadAsync(sink, rounds);
        await ScanAsync(rounds);
        return 0;
    }

    private static async Task AppendAsync(MongoSink sink, int rounds)
    {
        var catalog = new SeriesCatalog(new Limits());
        if (!MongoAddress.TryParse(sink.Address, out var address, out var fault)) throw new InvalidOperationException(fault);
        var options = new StorageOptions { SealPoints = 16_000_000 };
        await using var store = new StoreEngine(new MongoBlockDatabase(new MongoStoreOptions { Address = address! }, TimeProvider.System), options, catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance);
        store.Open();
        catalog.TryIntern(new SeriesKey("load"), out var series);
        using var client = address!.Connect("benchmark");
        var log = client.GetDatabase("test").GetCollection<RawDocument>("log");
        var (many, manyShare, rowShare, one, oneShare) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        long at = 0;
        double pointsARow = 0;
        for (var round = -1; round < rounds; round++)
        {
            // Each beside the driver alone with as many rows of the same size; what came in flight also beside the driver with a row for each batch, as many in flight.
            var before = sink.Inserts;
            var clock = Stopwatch.StartNew();
            at = await FillAsync(store, series, at, InFlight, AppendPoints);
            var grouped = clock.Elapsed.TotalSeconds;
            var (rows, bytes) = (sink.Inserts.Count - before.Count, sink.Inserts.Bytes - before.Bytes);
            var groupedAlone = InsertAlone(log, rows, bytes);
            before = sink.Inserts;
            clock.Restart();
            at = await FillAsync(store, series, at, 1, AppendPoints / 4);
            var single = clock.Elapsed.TotalSeconds;
            var (singleRows, singleBytes) = (sink.Inserts.Count - before.Count, sink.Inserts.Bytes - before.Bytes);
            var singleAlone = InsertAlone(log, singleRows, singleBytes);
            var eachAlone = await InsertEachAsync(log, AppendPoints / BatchPoints, singleBytes / singleRows);
            if (round < 0) continue;
            pointsARow = (double)AppendPoints / rows;
            many.Add(AppendPoints / grouped);
            manyShare.Add(eachAlone / grouped);
            rowShare.Add(groupedAlone / grouped);
            one.Add(AppendPoints / 4 / single);
            oneShare.Add(singleAlone / single);
        }

        Console.WriteLine($"append, {BatchPoints:N0} points a batch, one at a time: {Meter.Median(one) / 1e6:N2} M points/s, {Meter.Median(oneShare):P0} of the driver alone with the same rows (budget 60 %: {Meter.Verdict(Meter.Median(oneShare) >= 0.6)})");
        Console.WriteLine($"  {InFlight} in flight, {pointsARow:N0} points a row: {Meter.Median(many) / 1e6:N2} M points/s, {Meter.Median(manyShare):P0} of the driver alone with a row for each batch, as many in flight (budget 60 %: {Meter.Verdict(Meter.Median(manyShare) >= 0.6)}); {Meter.Median(rowShare):P0} of the driver alone with the few large rows that came of it");
    }

    private static double InsertAlone(IMongoCollection<RawDocument> log, long rows, long bytes)
    {
        var document = new RawDocument();
        var body = new byte[bytes / rows];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < rows; i++) log.InsertOne(MongoRows.Log(document, i, i, 1, 1, 1, body));
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> InsertEachAsync(IMongoCollection<RawDocument> log, long rows, long bytes)
    {
        long next = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            var (document, body) = (new RawDocument(), new byte[bytes]);
            while (Interlocked.Increment(ref next) is var row && row <= rows) await log.InsertOneAsync(MongoRows.Log(document, row, row, 1, 1, 1, body));
        })));
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> FillAsync(StoreEngine store, int series, long at, int inFlight, int points)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n * BatchPoints < points)
            {
                var batch = PointBatch.Rent(BatchPoints);
                for (var i = 0; i < BatchPoints; i++) batch.Add(series, at + (((n * BatchPoints) + i) * 10_000L), i % 977 / 8.0);
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }
        })));
        return at + (points * 10_000L);
    }

    private static async Task ReadAsync(MongoSink sink, int rounds)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Connections:lab=" + sink.Address);
        await using var flask = await TryStartFlaskAsync(sink);
        foreach (var makes in (bool[])[true, false])
        {
            sink.MakesReplies = makes;
            await ReadAsync(sink, server, flask, rounds);
        }
    }

    private static async Task ReadAsync(MongoSink sink, ServerUnderLoad server, ServerUnderLoad? flask, int rounds)
    {
        var (raw, own, ratio, first, python) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        double allocated = 0;
        for (var round = -1; round < rounds; round++)
        {
            var loop = await RawLoopAsync(sink);
            var before = await AllocatedAsync(server.Client);
            var read = await StreamRead.RunAsync(server.Client, "/get_points");
            allocated = (await AllocatedAsync(server.Client) - before) / Documents;
            var peer = flask is null || round > 1 ? null : await StreamRead.RunAsync(flask.Client, "/get_points");
            if (read.Lines != Documents) throw new InvalidOperationException($"LiveDash gave {read.Lines} lines.");
            if (round < 0) continue;
            raw.Add(loop);
            own.Add(read.TotalMs);
            ratio.Add(read.TotalMs / loop);
            first.Add(read.FirstByteMs);
            if (peer is not null) python.Add(peer.TotalMs / read.TotalMs);
        }

        Console.WriteLine($"{Documents:N0} documents of a collection by GET /get_points, from a server that {(sink.MakesReplies ? "puts each reply together, as any does" : "has every reply ready, as none does")}: {Meter.Median(own):N0} ms ({Documents / Meter.Median(own) / 1000:N2} M/s), first byte {Meter.Median(first):N1} ms (budget 100: {Meter.Verdict(Meter.Median(first) <= 100)}), {allocated:N1} bytes allocated a point");
        Console.WriteLine($"  a raw loop of find and getMore: {Meter.Median(raw):N0} ms; {Meter.Median(ratio):N2} times (budget 1.5: {Meter.Verdict(Meter.Median(ratio) <= 1.5)})");
        if (python.Count > 0) Console.WriteLine($"  Flask over pymongo takes {Meter.Median(python):N1} times as long");
    }

    // Stored blocks to NDJSON, over the double, which encodes each reply anew: a floor, not what a database does.
    private static async Task ScanAsync(int rounds)
    {
        await using var database = new MongoDoubleServer(replicaSet: false);
        var catalog = new SeriesCatalog(new Limits());
        if (!MongoAddress.TryParse(database.Address(), out var address, out var fault)) throw new InvalidOperationException(fault);
        double bytes;
        await using (var store = new StoreEngine(
            new MongoBlockDatabase(new MongoStoreOptions { Address = address!, MeasurePace = TimeSpan.Zero }, TimeProvider.System), new StorageOptions(), catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance))
        {
            store.Open();
            catalog.TryIntern(new SeriesKey("load"), out var series);
            for (var at = 0; at < Documents; at += 10_000)
            {
                var batch = PointBatch.Rent(10_000);
                for (var i = at; i < at + 10_000; i++) batch.Add(series, i * 1_000_000L, (2000 + (i / 1000 % 500) + (i * 2654435761L >> 20 & 127)) / 100.0);
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }

            await store.Keeper.SealAsync();
            bytes = store.Database.Measure().Data / (double)Documents;
        }

        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Storage:MongoDB=" + database.Address());
        var times = new List<double>();
        double allocated = 0;
        for (var round = -1; round < rounds; round++)
        {
            var before = await AllocatedAsync(server.Client);
            var read = await StreamRead.RunAsync(server.Client, "/api/points?series=load");
            allocated = (await AllocatedAsync(server.Client) - before) / Documents;
            if (read.Lines != Documents) throw new InvalidOperationException($"LiveDash gave {read.Lines} lines.");
            if (round >= 0) times.Add(read.TotalMs);
        }

        var rate = Documents / Meter.Median(times) * 1000;
        Console.WriteLine($"stored in MongoDB: {bytes:N2} bytes a point; {Documents:N0} points of blocks to NDJSON {rate / 1e6:N2} M points/s (budget 0.7: {Meter.Verdict(rate >= 7e5)}), {allocated:N1} bytes allocated a point (budget 16: {Meter.Verdict(allocated < 16)})");
    }

    // The driver's own way of taking batches, documents left as bytes.
    private static async Task<double> RawLoopAsync(MongoSink sink)
    {
        using var client = new MongoClient(sink.Address);
        var database = client.GetDatabase("test");
        await database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1));
        var clock = Stopwatch.StartNew();
        var command = new BsonDocument { { "find", "coords" }, { "sort", new BsonDocument("_id", 1) }, { "batchSize", 1_000 } };
        while (true)
        {
            using var reply = await database.RunCommandAsync<RawBsonDocument>(command);
            var cursor = reply["cursor"].AsBsonDocument["id"].ToInt64();
            if (cursor == 0) return clock.Elapsed.TotalMilliseconds;
            command = new BsonDocument { { "getMore", cursor }, { "collection", "coords" }, { "batchSize", 10_000 } };
        }
    }

    private static async Task<double> AllocatedAsync(HttpClient client)
    {
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = metrics.Split('\n').First(static one => one.StartsWith("dotnet_gc_allocated_bytes_total{} ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static async Task<ServerUnderLoad?> TryStartFlaskAsync(MongoSink sink)
    {
        try
        {
            return await ServerUnderLoad.StartAsync(File.Exists(SystemPython) ? SystemPython : "python3", [Path.Combine(AppContext.BaseDirectory, "Load", "flask_mongo.py"), sink.Address]);
        }
        catch (Exception exception) when (exception is TimeoutException or Win32Exception)
        {
            Console.WriteLine("Flask is not compared: python3 with flask and pymongo did not start (apt-get install python3-flask python3-pymongo).");
            return null;
        }
    }
}
