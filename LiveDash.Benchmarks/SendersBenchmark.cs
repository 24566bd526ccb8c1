using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;
using LiveDash.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Benchmarks;

/// <summary>Decoding of what other products send, on one core, from bytes to batches; OTLP against Google.Protobuf's objects alone, without anything done with them.</summary>
internal sealed class SendersBenchmark : IBenchmark
{
    private const int Series = 1_000;
    private const int Each = 10;
    private const double BudgetPointsPerSecond = 1e6;
    private readonly PointDecoders _decoders;
    private readonly IngestPipeline _pipeline;
    private readonly SourceLedger _source;

    public SendersBenchmark()
    {
        var options = Options.Create(new IngestOptions());
        _decoders = new PointDecoders(new Admission(new Limits(), new SeriesCatalog(new Limits())));
        _pipeline = new IngestPipeline([], new IngestBenchmark.NullStore(), options, TimeProvider.System, NullLogger<IngestPipeline>.Instance);
        _source = new SourceRegistry(options).Get("benchmark", "benchmark");
    }

    public string Name => "senders";

    public string About => "decoding remote-write, OTLP, Graphite and StatsD on one core";

    public Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"decoding {Series * Each:N0} points of {Series:N0} series a message, median of {Meter.Rounds} rounds in turns, {CpuClock.Name}");
        var remote = Snappier.Snappy.CompressToArray(RemoteWrite());
        var otlp = Otlp().ToByteArray();
        var graphite = Lines(static i => $"servers.web{i % Series}.load;zone=eu {i % 100}.25 1735689600");
        var statsd = Lines(static i => $"requests:{i % 10}|c|#host:web{i % Series}");
        var otlpNames = _decoders.OtlpNames(["service.name"]);
        var graphiteNames = _decoders.GraphiteNames([]);
        var aggregator = _decoders.StatsdAggregator();
        var results = Meter.InTurns(
        [
            ("remote-write 1.0", () => Decode(_decoders.RemoteWrite(isVersion2: false), remote)),
            ("OTLP", () => Decode(_decoders.Otlp(otlpNames), otlp)),
            ("Graphite", () => Decode(_decoders.Graphite(graphiteNames), graphite)),
            ("StatsD", () => Decode(_decoders.Statsd(aggregator), statsd)),
            ("OTLP into Google.Protobuf's objects", () => ExportMetricsServiceRequest.Parser.ParseFrom(otlp).ResourceMetrics.Count * Series * Each),
        ]);
        foreach (var (peer, nanoseconds, bytes) in results)
        {
            var verdict = peer.StartsWith("OTLP into", StringComparison.Ordinal) ? "" : $"; budget 1.0 M points/s {Meter.Verdict(1e9 / nanoseconds >= BudgetPointsPerSecond)}";
            Console.WriteLine($"  {peer,-38} {nanoseconds,6:N0} ns  {1e3 / nanoseconds,5:N2} M points/s  {bytes,6:N1} B a point{verdict}");
        }

        return Task.FromResult(0);
    }

    private static byte[] Lines(Func<int, string> line) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Series * Each).Select(i => line(i) + "\n")));

    private static ExportMetricsServiceRequest Otlp()
    {
        var gauge = new Gauge();
        for (var i = 0; i < Series * Each; i++)
        {
            gauge.DataPoints.Add(new NumberDataPoint
            {
                AsDouble = i * 0.5, TimeUnixNano = 1_735_689_600_000_000_000 + (ulong)i,
                Attributes = { new KeyValue { Key = "host", Value = new() { StringValue = "web" + i % Series } }, new KeyValue { Key = "zone", Value = new() { StringValue = "eu" } } },
            });
        }

        var scope = new ScopeMetrics { Metrics = { new Metric { Name = "system.load", Gauge = gauge } } };
        return new() { ResourceMetrics = { new ResourceMetrics { Resource = new() { Attributes = { new KeyValue { Key = "service.name", Value = new() { StringValue = "shop" } } } }, ScopeMetrics = { scope } } } };
    }

    // As Prometheus writes it: each series with its labels and a few samples.
    private static byte[] RemoteWrite()
    {
        using var message = new MemoryStream();
        for (var i = 0; i < Series; i++)
        {
            using var series = new MemoryStream();
            foreach (var (name, value) in new[] { ("__name__", "http_requests_total"), ("instance", $"web{i}:9100"), ("job", "node") })
            {
                byte[] label = [0x0A, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0x12, (byte)value.Length, .. Encoding.UTF8.GetBytes(value)];
                series.Write([0x0A, (byte)label.Length, .. label]);
            }

            for (var s = 0; s < Each; s++)
            {
                var sample = new byte[9];
                sample[0] = 0x09;
                BinaryPrimitives.WriteDoubleLittleEndian(sample.AsSpan(1), i + s * 0.5);
                byte[] whole = [.. sample, 0x10, .. Varint(1_735_689_600_000 + (ulong)s)];
                series.Write([0x12, (byte)whole.Length, .. whole]);
            }

            message.Write([0x0A, .. Varint((ulong)series.Length), .. series.ToArray()]);
        }

        return message.ToArray();
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private long Decode(StreamDecoder decoder, byte[] body)
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

        if (session.Rejected > 0) throw new InvalidOperationException($"{session.Rejected} points were refused: {session.LastError?.Detail}");
        return Series * Each;
    }
}
