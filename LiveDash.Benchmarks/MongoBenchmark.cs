using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Collections;
using LiveDash.Core.Model;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Mongo;
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
        return 0;
    }

    private static async Task AppendAsync(MongoSink sink, int rounds)
    {
        var catalog = new SeriesCatalog(new Limits());
        catalog.TryIntern(new SeriesKey("load"), out var series);
        if (!MongoAddress.TryParse(sink.Address, out var address, out var fault)) throw new InvalidOperationException(fault);
        var options = new StorageOptions { SealPoints = 16_000_000 };
        await using var store = new StoreEngine(new MongoBlockDatabase(new MongoStoreOptions { Address = address! }, TimeProvider.System), options, catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance);
        store.Open();
        using var client = address!.Connect("benchmark");
        var log = client.GetDatabase("test").GetCollection<RawDocument>("log");
        var (mine, ceiling) = (new List<double>(), new List<double>());
        long at = 0;
        for (var round = -1; round < rounds; round++)
        {
            var (commits, clock) = (store.Status.Commits, Stopwatch.StartNew());
            at = await FillAsync(store, series, at);
            var rate = AppendPoints / clock.Elapsed.TotalSeconds;
            // As many rows of as many bytes, with nothing before them.
            var rows = (int)(store.Status.Commits - commits);
            var document = new RawDocument();
            var body = new byte[(int)(AppendPoints / (double)rows * 10)];
            clock.Restart();
            for (var i = 0; i < rows; i++) log.InsertOne(MongoRows.Log(document, i, i, 1, 1, 1, body));
            var raw = AppendPoints / clock.Elapsed.TotalSeconds;
            if (round < 0) continue;
            mine.Add(rate);
            ceiling.Add(raw);
        }

        var share = Meter.Median(mine) / Meter.Median(ceiling);
        Console.WriteLine($"append, {BatchPoints:N0} points a batch, {InFlight} in flight: {Meter.Median(mine) / 1e6:N2} M points/s; the driver alone with rows of the same size {Meter.Median(ceiling) / 1e6:N2}: {share:P0} (budget 60 %: {Meter.Verdict(share >= 0.6)})");
    }

    private static async Task<long> FillAsync(StoreEngine store, int series, long at)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n * BatchPoints < AppendPoints)
            {
                var batch = PointBatch.Rent(BatchPoints);
                for (var i = 0; i < BatchPoints; i++) batch.Add(series, at + (((n * BatchPoints) + i) * 10_000L), i % 977 / 8.0);
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }
        })));
        return at + (AppendPoints * 10_000L);
    }

    private static async Task ReadAsync(MongoSink sink, int rounds)
    {
        await using var server = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Connections:lab=" + sink.Address);
        await using var flask = await TryStartFlaskAsync(sink);
        var (raw, own, first, python) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        double allocated = 0;
        for (var round = -1; round < rounds; round++)
        {
            var loop = await RawLoopAsync(sink);
            var before = await AllocatedAsync(server.Client);
            var read = await StreamRead.RunAsync(server.Client, "/get_points");
            allocated = (await AllocatedAsync(server.Client) - before) / Documents;
            var peer = flask is null ? null : await StreamRead.RunAsync(flask.Client, "/get_points");
            if (read.Lines != Documents) throw new InvalidOperationException($"LiveDash gave {read.Lines} lines.");
            if (round < 0) continue;
            raw.Add(loop);
            own.Add(read.TotalMs);
            first.Add(read.FirstByteMs);
            if (peer is not null) python.Add(peer.TotalMs);
        }

        var ratio = Meter.Median(own) / Meter.Median(raw);
        Console.WriteLine($"GET /get_points of a collection: {Documents:N0} documents in {Meter.Median(own):N0} ms ({Documents / Meter.Median(own) / 1000:N2} M/s), first byte {Meter.Median(first):N1} ms (budget 100: {Meter.Verdict(Meter.Median(first) <= 100)}), {allocated:N1} bytes allocated a point");
        Console.WriteLine($"  a raw loop of find and getMore: {Meter.Median(raw):N0} ms; {ratio:N2} times (budget 1.5: {Meter.Verdict(ratio <= 1.5)})");
        if (python.Count > 0) Console.WriteLine($"  Flask over pymongo: {Meter.Median(python):N0} ms; {Meter.Median(python) / Meter.Median(own):N1} times as long");
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
        var line = metrics.Split('\n').First(static one => one.StartsWith("dotnet_gc_allocated_bytes_total ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static async Task<ServerUnderLoad?> TryStartFlaskAsync(MongoSink sink)
    {
        try
        {
            return await ServerUnderLoad.StartAsync("python3", [Path.Combine(AppContext.BaseDirectory, "Load", "flask_mongo.py"), sink.Address]);
        }
        catch (Exception exception) when (exception is TimeoutException or Win32Exception)
        {
            Console.WriteLine("Flask is not compared: python3 with flask and pymongo did not start (apt-get install python3-flask python3-pymongo).");
            return null;
        }
    }
}
