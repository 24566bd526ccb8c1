using System.Buffers;
using System.Globalization;
using System.Text;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Benchmarks;

/// <summary>What one core of this machine does, in processor time, so that other work beside it does not count. Immutable.</summary>
/// <param name="DecodeNs">Nanoseconds to decode a point of line protocol.</param>
/// <param name="EngineNs">Nanoseconds to summarise a point of one of 50,000 series in a window of a minute and judge it by a rule.</param>
/// <param name="SeriesBytes">Bytes in memory of such a series with its window of 60 points and its alert.</param>
/// <param name="LogNs">Nanoseconds to put a point into a log row.</param>
/// <param name="LogBytes">Bytes of a point in a log row.</param>
/// <param name="LineBytes">Bytes of a point as a line.</param>
/// <param name="Sealed">Nanoseconds and bytes of a point by how many a block holds: 1, 4, 60, 600 and 4,096.</param>
internal sealed record ScaleRates(double DecodeNs, double EngineNs, double SeriesBytes, double LogNs, double LogBytes, double LineBytes, IReadOnlyList<(int Points, double Ns, double Bytes)> Sealed)
{
    private const int Points = 100_000;
    private const long Start = 638_000_000_000_000_000L;

    /// <summary>Measures; takes some seconds.</summary>
    internal static async Task<ScaleRates> MeasureAsync()
    {
        var (decode, line) = Decode();
        var (log, logBytes) = Log();
        var (engine, memory) = await EngineAsync();
        return new ScaleRates(decode, engine, memory, log, logBytes, line, [.. ((int[])[1, 4, 60, 600, BlockCodec.MaxPoints]).Select(Seal)]);
    }

    private static (double Ns, double Bytes) Decode()
    {
        var options = Options.Create(new IngestOptions());
        var decoders = new PointDecoders(new Admission(new Limits(), new SeriesCatalog(new Limits())));
        var pipeline = new IngestPipeline([], new IngestBenchmark.NullStore(), options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
        var source = new SourceRegistry(options).Get("benchmark", "benchmark");
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Points).Select(static i => string.Create(CultureInfo.InvariantCulture, $"cpu,host=web{i % 1000} load={i % 1000}.25 {1763719200000 + i}000000\n"))));
        var cost = Meter.InTurns([("decode", () =>
        {
            var buffer = new ReadOnlySequence<byte>(body);
            var session = new IngestSession(pipeline, source, TimeProvider.System, TimeSpan.Zero);
            var decoder = decoders.Influx(InfluxPrecision.Nanoseconds);
            while (!buffer.IsEmpty)
            {
                buffer = buffer.Slice(decoder.Decode(buffer, isLast: true, TimeProvider.System.GetUtcNow().UtcTicks, session));
                session.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                while (pipeline.StepAsync().AsTask().GetAwaiter().GetResult())
                {
                }
            }

            if (session.Rejected > 0) throw new InvalidOperationException($"{session.Rejected} lines were refused.");
            return Points;
        })])[0];
        return (cost.Nanoseconds, (double)body.Length / Points);
    }

    private static async Task<(double Ns, double Bytes)> EngineAsync()
    {
        const int series = 50_000, batchPoints = 5_000;
        var judges = new RuleJudges("mean(load.*, 1m) > 1100", series, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new LiveEngine(new EngineOptions { Shards = 1, QueueBatches = 16 }, TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(static shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        // Two minutes fill the windows; then it counts.
        await PostAsync(0, 120);
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / series;
        var processor = Environment.CpuUsage.TotalTime;
        await PostAsync(120, 180);
        processor = Environment.CpuUsage.TotalTime - processor;
        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        return (processor.TotalNanoseconds / (60.0 * series), bytes);

        // Each series once a second.
        async Task PostAsync(int from, int to)
        {
            for (var second = from; second < to; second++)
            {
                for (var first = 0; first < series; first += batchPoints)
                {
                    var batch = PointBatch.Rent(batchPoints);
                    for (var i = first; i < first + batchPoints; i++) batch.Add(i, Start + (second * TimeSpan.TicksPerSecond), ((i * 7919) + (second * 6151)) & 1023);
                    await engine.PostAsync(batch, default);
                    batch.Release();
                }
            }

            await engine.FlushAsync(default);
        }
    }

    private static (double Ns, double Bytes) Log()
    {
        var batch = PointBatch.Rent(Points);
        for (var i = 0; i < Points; i++) batch.Add(i % 1000, Start + (i / 1000 * TimeSpan.TicksPerSecond), Value(i));
        var group = new PointGroup();
        group.Add(batch);
        batch.Release();
        var writer = new BlobWriter();
        var cost = Meter.InTurns([("log", () =>
        {
            LogCodec.Encode(group, writer);
            return Points;
        })])[0];
        return (cost.Nanoseconds, (double)writer.Length / Points);
    }

    private static (int Points, double Ns, double Bytes) Seal(int count)
    {
        var columns = new PointColumns();
        // As among a million series: ids are a million apart.
        for (var i = 0; i < count; i++) columns.Add(Start + (i * TimeSpan.TicksPerSecond), i * 1_000_000L, Value(i), double.NaN, double.NaN, 0);
        var (body, scratch) = (new BlobWriter(), new BlobWriter());
        var cost = Meter.InTurns([("seal", () =>
        {
            var blocks = Math.Max(1, Points / count);
            for (var i = 0; i < blocks; i++)
            {
                body.Clear();
                BlockCodec.Encode(columns.View, 0, count, body, scratch);
            }

            return (long)blocks * count;
        })])[0];
        return (count, cost.Nanoseconds, (double)body.Length / count);
    }

    // A slow wave with noise, as a sensor gives it: two decimals.
    private static double Value(long k) => (2000 + (k / 1000 % 500) + ((k * 2654435761) >> 20 & 127)) / 100.0;
}
