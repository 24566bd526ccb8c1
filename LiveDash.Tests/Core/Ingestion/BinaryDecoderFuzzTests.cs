using System.Text;
using Google.Protobuf;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>
/// Every decoder of messages under a seeded mutator, of what is packed and of what packs it: no exception, nothing left unaccounted, the same however the bytes are cut, and no
/// point of a series that the message does not name. The seed of a failure stands in its message and goes into <see cref="Seeds"/>.
/// </summary>
public sealed class BinaryDecoderFuzzTests
{
    private const int Rounds = 250;
    private static readonly long s_nowMs = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
    private static readonly ulong s_nowNs = (ulong)(DecoderHarness.Now - DateTime.UnixEpoch.Ticks) * 100;

    // pickle.dumps([("a.b", (1700000000, 1.5)), ("c", (1700000000.5, 2))], 2) and the same of protocol 0.
    private static readonly byte[][] s_pickles =
    [
        Convert.FromHexString("80025D7100285803000000612E6271014A00F15365473FF800000000000086710286710358010000006371044741D954FC402000004B02867105867106652E"),
        "(lp0\n(S'web.load'\n(I1700000000\nF1.5\ntta(S'c'\n(F1700000000.5\nL2L\ntta."u8.ToArray(),
    ];

    private static readonly byte[][] s_collectd =
    [
        Encoding.UTF8.GetBytes("[{\"values\":[1.5,null,9007199254740993],\"dstypes\":[\"gauge\",\"gauge\",\"derive\"],\"dsnames\":[\"value\",\"rx\",\"tx\"],\"time\":1764000000.5,\"interval\":10,\"host\":\"h\",\"plugin\":\"net\",\"plugin_instance\":\"e\",\"type\":\"octets\",\"type_instance\":\"\"},{\"values\":[1],\"plugin\":\"load\",\"type\":\"load\"}]"),
    ];

    /// <summary>Seeds that once failed, and the first ones of every run.</summary>
    public static TheoryData<int> Seeds => [1, 2, 3, 5, 8, 13];

    private static byte[][] RemoteWrite1 =>
    [
        ProtoWriter.RemoteWrite1(([("__name__", "up"), ("instance", "a:9100"), ("job", "node")], [(1, s_nowMs - 1000), (0, s_nowMs)]), ([("__name__", "load")], [(1.5, s_nowMs)])),
        new ProtoWriter().Bytes(1, new ProtoWriter().Bytes(1, ProtoWriter.Pair("__name__", "rpc")).Bytes(4, new ProtoWriter().Varint(1, 7).Double(3, 12.5).Varint(15, (ulong)s_nowMs).ToArray()).ToArray()).ToArray(),
    ];

    private static byte[][] RemoteWrite2 => [ProtoWriter.RemoteWrite2(["", "__name__", "up", "job", "node", "load"], ([1, 2, 3, 4], [(1, s_nowMs)]), ([1, 5], [(2.5, s_nowMs)]))];

    private static byte[][] Otlp
    {
        get
        {
            var point = new NumberDataPoint { TimeUnixNano = s_nowNs, AsInt = long.MaxValue, Attributes = { new KeyValue { Key = "room", Value = new() { StringValue = "a" } } } };
            var histogram = new HistogramDataPoint { TimeUnixNano = s_nowNs, Count = 10, Sum = 50, Min = 1, Max = 20, BucketCounts = { 5, 5, 0 }, ExplicitBounds = { 10, 20 } };
            var exponential = new ExponentialHistogramDataPoint { TimeUnixNano = s_nowNs, Count = 3, Sum = 9, Positive = new() { Offset = 1, BucketCounts = { 1, 0, 2 } } };
            var summary = new SummaryDataPoint { TimeUnixNano = s_nowNs, Count = 3, Sum = 6, QuantileValues = { new ValueAtQuantile { Quantile = 0.5, Value = 2 } } };
            var scope = new ScopeMetrics
            {
                Metrics =
                {
                    new Metric { Name = "temp", Gauge = new() { DataPoints = { point } } }, new Metric { Name = "lat", Histogram = new() { AggregationTemporality = 2, DataPoints = { histogram } } },
                    new Metric { Name = "exp", ExponentialHistogram = new() { AggregationTemporality = 1, DataPoints = { exponential } } }, new Metric { Name = "sum", Summary = new() { DataPoints = { summary } } },
                },
            };
            var resource = new Resource { Attributes = { new KeyValue { Key = "service.name", Value = new() { StringValue = "shop" } } } };
            return [new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { Resource = resource, ScopeMetrics = { scope } } } }.ToByteArray()];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RemoteWrite_AnyMessage_IsAccounted(int seed)
    {
        Fuzz(seed, RemoteWrite1, ProtoWriter.Snappy, static harness => harness.Decoders.RemoteWrite(isVersion2: false));
        Fuzz(seed, RemoteWrite2, ProtoWriter.Snappy, static harness => harness.Decoders.RemoteWrite(isVersion2: true));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RemoteWrite_AnyPackedBytes_AreAccounted(int seed) =>
        Fuzz(seed, [.. RemoteWrite1.Select(ProtoWriter.Snappy)], static bytes => bytes, static harness => harness.Decoders.RemoteWrite(isVersion2: false), Unpacked);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Otlp_AnyMessage_IsAccounted(int seed) => Fuzz(seed, Otlp, static bytes => bytes, static harness => harness.Decoders.Otlp(harness.Decoders.OtlpNames(["service.name"])));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void OtlpJson_AnyText_IsAccounted(int seed) => Fuzz(
        seed, [Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(ExportMetricsServiceRequest.Parser.ParseFrom(Otlp[0])))], static bytes => bytes,
        static harness => harness.Decoders.Otlp(harness.Decoders.OtlpNames([]), isJson: true));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pickle_AnyMessage_IsAccounted(int seed) => Fuzz(seed, s_pickles, Framed, static harness => harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pickle_AnyFrames_AreAccounted(int seed) =>
        Fuzz(seed, [.. s_pickles.Select(Framed)], static bytes => [.. bytes, .. bytes], static harness => harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Collectd_AnyText_IsAccounted(int seed) => Fuzz(seed, s_collectd, static bytes => bytes, static harness => harness.Decoders.Collectd());

    private static void Fuzz(int seed, byte[][] corpus, Func<byte[], byte[]> pack, Func<DecoderHarness, StreamDecoder> decoder, Func<byte[], byte[]>? named = null)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var message = Mutate(corpus[random.Next(corpus.Length)], random);
            var text = Encoding.Latin1.GetString(named?.Invoke(message) ?? message);
            var bytes = pack(message);
            var at = $"seed {seed}, round {round}: {Convert.ToHexString(bytes)}";
            try
            {
                // The harness holds the account to its sum.
                var (whole, cut) = (Read(bytes, int.MaxValue, decoder, text), Read(bytes, random.Next(1, 9), decoder, text));
                Assert.True(whole == cut, $"{at}\n{whole}\n{cut}");
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{at}\n{exception}");
            }
        }
    }

    private static string Read(byte[] bytes, int piece, Func<DecoderHarness, StreamDecoder> decoder, string text)
    {
        var harness = new DecoderHarness(new Limits { MaxLineBytes = 4096, MaxDecompressedBytes = 1 << 20 });
        var report = harness.Feed(decoder(harness), bytes, piece);
        foreach (var point in harness.Points)
        {
            var name = new string([.. point.TakeWhile(char.IsAsciiLetter)]);
            Assert.True(text.Contains(name, StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal), $"{point} is of no series that the message names.");
            Assert.True(double.IsFinite(double.Parse(point.Split('=')[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)), point);
        }

        return string.Join('|', harness.Points) + "#" + (report.Rejected > 0);
    }

    private static byte[] Unpacked(byte[] packed)
    {
        try
        {
            return Snappier.Snappy.GetUncompressedLength(packed) <= 1 << 20 ? Snappier.Snappy.DecompressToArray(packed) : [];
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            return [];
        }
    }

    private static byte[] Framed(byte[] body)
    {
        var head = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head, body.Length);
        return [.. head, .. body];
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 6); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: list.RemoveAt(at); break;
                case 3: list.RemoveRange(at, Math.Min(random.Next(20), list.Count - at)); break;
                case 4: list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(40), list.Count - at))); break;
                // Varints without an end, and lengths beyond all.
                default: list.InsertRange(at, Enumerable.Repeat((byte)0xFF, random.Next(1, 12))); break;
            }
        }

        return [.. list];
    }
}
