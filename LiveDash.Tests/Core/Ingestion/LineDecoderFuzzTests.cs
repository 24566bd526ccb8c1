using System.Buffers.Binary;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Csv;
using LiveDash.Core.Ingestion.Decoding.Graphite;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Ingestion.Decoding.Statsd;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>
/// What <see cref="DecoderFuzzTests"/> does, for the decoders of lines and datagrams that listeners, scrapers and followed files use; and the proof that no decoder is left out.
/// </summary>
public sealed class LineDecoderFuzzTests
{
    private static readonly string[] s_graphite =
    [
        "servers.web1.load 1.5 1764000000\nservers.web2.load;rack=a;zone=b 2e3 1764000001\nold.one -3 -1\n",
        "a.b.c 1 1764000000.5\r\nservers..x 0x10 N\n",
    ];

    private static readonly string[] s_statsd =
    [
        "hits:1|c|@0.1|#shop:berlin,beta\ntemp:-20.5|g\ntemp:+2|g\nusers:anna|s\n",
        "t:1:2:3|ms|@0.5\nh:5|h|T1764000000\n_e{5,4}:title|text\n_sc|name|0\nx:4|m|c:ab12\n",
    ];

    private static readonly string[] s_exposition =
    [
        "# HELP up Whether it is up.\n# TYPE up gauge\nup{code=\"200\",path=\"/a\\\"b\\\\n\"} 1 1764000000000\nup NaN\n",
        "lat_bucket{le=\"+Inf\"} 17 # {trace_id=\"x\"} 0.5 1764000000.5\nlat_sum 1e3\n{\"quoted.name\",a='b'} 2\n# EOF\n",
    ];

    private static readonly string[] s_rows =
    [
        "time,site,power,state\n2025-11-01T00:00:00Z,a,1.5,on\n1764000000000,\"b, c\",2,\"of\"\"f\"\n",
        "time;site;power;state\r\n2025-11-01T00:00:00Z;a;-2e3;on\r\n;b;;\r\n",
    ];

    /// <summary>Seeds that once failed, and the first ones of every run.</summary>
    public static TheoryData<int> Seeds => [1, 2, 3, 5, 8, 13];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Graphite_AnyBytes_AreAccounted(int seed) => DecoderFuzzTests.Fuzz(seed, s_graphite, static (harness, bytes, piece) => harness.Feed(Graphite(harness), bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Exposition_AnyBytes_AreAccounted(int seed)
    {
        DecoderFuzzTests.Fuzz(seed, s_exposition, static (harness, bytes, piece) => harness.Feed(Exposition(harness, isOpenMetrics: false), bytes, piece));
        DecoderFuzzTests.Fuzz(seed, s_exposition, static (harness, bytes, piece) => harness.Feed(Exposition(harness, isOpenMetrics: true), bytes, piece));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Statsd_AnyBytes_AreAccounted(int seed) => DecoderFuzzTests.Fuzz(seed, s_statsd, static (harness, bytes, piece) =>
    {
        var aggregator = harness.Decoders.StatsdAggregator();
        var report = harness.Feed(harness.Decoders.Statsd(aggregator), bytes, piece);
        // What was gathered becomes points only when the interval ends.
        harness.Run(session => aggregator.Flush(DecoderHarness.Now, session));
        return report;
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void CsvLines_AnyBytes_AreAccounted(int seed) => DecoderFuzzTests.Fuzz(seed, s_rows, static (harness, bytes, piece) => harness.Feed(CsvLines(harness), bytes, piece));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void CollectdPackets_AnyBytes_AreAccounted(int seed) =>
        // A datagram comes whole or not at all, so it is cut nowhere.
        DecoderFuzzTests.Fuzz(seed, [Packet("web", "room", 2), Packet("db", "memory", 3)], static (harness, bytes, _) => harness.Feed(harness.Decoders.CollectdPackets(), bytes));

    [Fact]
    public void Decoders_OfTheProgram_AreAllFuzzed()
    {
        var harness = new DecoderHarness();
        var decoders = harness.Decoders;
        StreamDecoder[] fuzzed =
        [
            Graphite(harness), Exposition(harness, isOpenMetrics: true), decoders.Statsd(decoders.StatsdAggregator()), CsvLines(harness), decoders.CollectdPackets(),
            decoders.Influx(InfluxPrecision.Nanoseconds), decoders.Json(), decoders.RemoteWrite(isVersion2: true), decoders.Otlp(decoders.OtlpNames([])), decoders.Otlp(decoders.OtlpNames([]), isJson: true),
            decoders.Pickle(decoders.GraphiteNames([])), decoders.Collectd(),
        ];
        // Those of files are made for an import, whose formats DecoderFuzzTests goes through.
        string[] files = ["GeoJsonPointDecoder", "JsonRowDecoder"];
        Assert.Equal(
            typeof(StreamDecoder).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(StreamDecoder)) && !type.IsAbstract).Select(static type => type.Name).Order(),
            fuzzed.Select(static decoder => decoder.GetType().Name).Concat(files).Distinct().Order());
    }

    private static StreamDecoder Graphite(DecoderHarness harness) => harness.Decoders.Graphite(harness.Decoders.GraphiteNames([GraphiteTemplate.Parse("servers.* .host.name*")!]));

    private static ExpositionDecoder Exposition(DecoderHarness harness, bool isOpenMetrics)
    {
        var admission = new Admission(new Limits(), harness.Catalog);
        return new(admission, new ScrapeNames(admission, [], [], []), isOpenMetrics);
    }

    private static StreamDecoder CsvLines(DecoderHarness harness) => harness.Decoders.Csv(new CsvLineMap("log", "time", ["site"], ["power", "state"]), header: null);

    // Host, plugin and one gauge, whose bytes are all ASCII.
    private static string Packet(string host, string plugin, double value)
    {
        var values = new byte[15];
        values[1] = 6;
        values[3] = 15;
        values[5] = 1;
        values[6] = 1;
        BinaryPrimitives.WriteDoubleLittleEndian(values.AsSpan(7), value);
        byte[] packet = [.. Text(0, host), .. Text(2, plugin), .. Text(4, "gauge"), .. values];
        return Encoding.ASCII.GetString(packet);
    }

    private static byte[] Text(byte kind, string text) => [0, kind, 0, (byte)(text.Length + 5), .. Encoding.ASCII.GetBytes(text), 0];
}
