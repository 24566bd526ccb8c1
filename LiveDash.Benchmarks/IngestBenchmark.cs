using System.Buffers;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Benchmarks;

/// <summary>Decoding on one core, from bytes to batches, against System.Text.Json line by line into objects.</summary>
internal sealed class IngestBenchmark : IBenchmark
{
    private const int Lines = 100_000;
    private const double BudgetPointsPerSecond = 2e6;
    private readonly SeriesCatalog _catalog = new(new Limits());
    private readonly PointDecoders _decoders;
    private readonly IngestPipeline _pipeline;
    private readonly SourceLedger _source;

    public IngestBenchmark()
    {
        var options = Options.Create(new IngestOptions());
        _decoders = new PointDecoders(new Admission(new Limits(), _catalog));
        _pipeline = new IngestPipeline([], new NullStore(), options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
        _source = new SourceRegistry(options).Get("benchmark", "benchmark");
    }

    public string Name => "ingest";

    public string About => "decoding NDJSON and line protocol on one core, against System.Text.Json objects a line";

    public Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"decoding {Lines:N0} lines of 100 series, median of {Meter.Rounds} rounds in turns, {CpuClock.Name}");
        // The runtime compiles hot loops anew while they run: so this goes first.
        var warm = Body(static i => $$"""{"series":"cpu.load","value":{{i % 100}}.5}""");
        for (var i = 0; i < 5; i++) Decode(_decoders.Json(), warm);
        Compare("short", static i => $$"""{"series":"cpu.load","value":{{i % 100}}.5}""", static i => $"cpu.load value={i % 100}.5");
        Compare(
            "usual",
            static i => $$"""{"series":"cpu.load","tags":{"host":"web{{i % 100}}"},"t":{{1763719200000 + i}},"value":{{i % 1000}}.25}""",
            static i => $"cpu,host=web{i % 100} load={i % 1000}.25 {1763719200000 + i}000000");
        Compare(
            "long",
            static i => $$"""{"series":"cpu.load","tags":{"host":"web{{i % 100}}","zone":"eu-1","rack":"r7"},"t":"2025-11-21T10:00:0{{i % 10}}.{{i % 1000:D3}}Z","value":{{i % 1000}}.123456789,"pt":[{{i}}.5,-{{i}}.25]}""",
            static i => $"cpu,host=web{i % 100},zone=eu-1,rack=r7 load={i % 1000}.123456789 {1763719200000 + i}000000");
        Refuse();
        return Task.FromResult(0);
    }

    private void Refuse()
    {
        var bad = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{x}\n", Lines / 10)));
        var (_, nanoseconds, _) = Meter.InTurns([("bad", () => Decode(_decoders.Json(), bad, Lines / 10))])[0];
        Console.WriteLine($"\na line that is no JSON: {nanoseconds:N0} ns to refuse and count");
    }

    private void Compare(string name, Func<int, string> json, Func<int, string> influx)
    {
        var body = Body(json);
        var lines = Body(influx);
        var results = Meter.InTurns(
        [
            ("LiveDash NDJSON", () => Decode(_decoders.Json(), body)),
            ("LiveDash line protocol", () => Decode(_decoders.Influx(InfluxPrecision.Nanoseconds), lines)),
            ("System.Text.Json an object a line", () => Deserialize(body)),
        ]);
        Console.WriteLine($"\n{name}: {(double)body.Length / Lines:N0} bytes a line of NDJSON, {(double)lines.Length / Lines:N0} of line protocol");
        for (var i = 0; i < results.Count; i++)
        {
            var (peer, nanoseconds, bytes) = results[i];
            var size = i == 1 ? lines.Length : body.Length;
            var verdict = i == 0 ? $"; budget 2.0 M points/s {Meter.Verdict(1e9 / nanoseconds >= BudgetPointsPerSecond)}" : "";
            Console.WriteLine(
                $"  {peer,-34} {nanoseconds,6:N0} ns  {1e3 / nanoseconds,5:N2} M points/s  {size / (double)Lines / nanoseconds * 1e3,6:N0} MB/s  {bytes,6:N1} B a point{verdict}");
        }

        Console.WriteLine($"  LiveDash NDJSON takes 1/{results[2].Nanoseconds / results[0].Nanoseconds:N1} of the time of System.Text.Json");
    }

    private static byte[] Body(Func<int, string> line) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(i => line(i) + "\n")));

    private long Decode(StreamDecoder decoder, byte[] body, int expectedFaults = 0)
    {
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        var buffer = new ReadOnlySequence<byte>(body);
        var session = new IngestSession(_pipeline, _source, TimeProvider.System, TimeSpan.Zero);
        while (!buffer.IsEmpty)
        {
            buffer = buffer.Slice(decoder.Decode(buffer, isLast: true, now, session));
            // Everything here completes at once: no store, no consumer.
            session.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            while (_pipeline.StepAsync().AsTask().GetAwaiter().GetResult())
            {
            }
        }

        if (session.Rejected != expectedFaults) throw new InvalidOperationException($"{session.Rejected} lines were refused.");
        return expectedFaults > 0 ? expectedFaults : Lines;
    }

    private long Deserialize(byte[] body)
    {
        var batch = PointBatch.Rent(8192);
        var rest = body.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = JsonSerializer.Deserialize<Line>(rest[..end], JsonSerializerOptions.Web)!;
            rest = rest[(end + 1)..];
            if (!_catalog.TryIntern(new SeriesKey(line.Series, line.Tags), out var series)) throw new InvalidOperationException("Too many series.");
            var ticks = line.T.ValueKind == JsonValueKind.Number ? line.T.GetInt64() : line.T.ValueKind == JsonValueKind.String ? line.T.GetDateTimeOffset().UtcTicks : 0;
            batch.Add(series, ticks, line.Value, line.Pt?[0] ?? double.NaN, line.Pt?[1] ?? double.NaN);
        }

        batch.Release();
        return Lines;
    }

    private sealed record Line(string Series, Dictionary<string, string>? Tags, JsonElement T, double Value, double[]? Pt);

    internal sealed class NullStore : IPointStore
    {
        public StoreStatus Status { get; } = new("none", StoreState.Ready, null, 0, 0, 0, 0, 0, 0);

        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task AppendAsync(PointBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken) => AsyncEnumerable.Empty<PointBlock>();

        public Task<IReadOnlyDictionary<int, long>> DeleteAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long>());

        public IReadOnlyList<SeriesStats> GetStats() => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
