using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class RemoteWriteDecoderTests
{
    private static readonly long s_nowMs = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
    private readonly DecoderHarness _harness = new();

    [Fact]
    public void Version1_SplitAtEveryByte_IsItsSamples()
    {
        var body = ProtoWriter.Snappy(ProtoWriter.RemoteWrite1(
            ([("__name__", "up"), ("instance", "a:9100"), ("job", "node"), ("empty", "")], [(1, s_nowMs - 1000), (0, s_nowMs)]),
            ([("__name__", "load1")], [(1.5, s_nowMs)])));
        for (var piece = 1; piece <= body.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.RemoteWrite(isVersion2: false), body, piece);
            Assert.Equal((3, 0), (report.Accepted, report.Rejected));
            Assert.Equal(["up{instance=a:9100,job=node}@-10000000=1", "up{instance=a:9100,job=node}@0=0", "load1@0=1.5"], harness.Points);
        }
    }

    [Fact]
    public void Version2_SplitAtEveryByte_IsItsSamples()
    {
        var body = ProtoWriter.Snappy(ProtoWriter.RemoteWrite2(
            ["", "__name__", "up", "job", "node", "load1"],
            ([1, 2, 3, 4], [(1, s_nowMs)]),
            ([1, 5], [(2.5, s_nowMs)])));
        for (var piece = 1; piece <= body.Length; piece++)
        {
            var harness = new DecoderHarness();
            harness.Feed(harness.Decoders.RemoteWrite(isVersion2: true), body, piece);
            Assert.Equal(["up{job=node}@0=1", "load1@0=2.5"], harness.Points);
        }
    }

    [Fact]
    public void Version2_SymbolThatIsNotThere_IsABadMessage()
    {
        var report = Feed(ProtoWriter.RemoteWrite2(["", "__name__"], ([1, 9], [(1, s_nowMs)])), isVersion2: true);
        Assert.Equal(RejectReason.BadMessage, report.Errors.Single().Reason);
    }

    [Fact]
    public void StaleMarker_IsNoPointAndOtherNaNIsRefused()
    {
        var stale = BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0002);
        var report = Feed(ProtoWriter.RemoteWrite1(([("__name__", "up")], [(stale, s_nowMs), (double.NaN, s_nowMs), (double.PositiveInfinity, s_nowMs), (1, s_nowMs)])));
        Assert.Equal((1, 2), (report.Accepted, report.Rejected));
        Assert.All(report.Errors, static error => Assert.Equal(RejectReason.NotFinite, error.Reason));
    }

    [Fact]
    public void SeriesWithoutAName_RefusesEachOfItsSamplesAndKeepsTheOthers()
    {
        var report = Feed(ProtoWriter.RemoteWrite1(([("job", "x")], [(1, s_nowMs), (2, s_nowMs)]), ([("__name__", "ok")], [(3, s_nowMs)])));
        Assert.Equal((1, 2), (report.Accepted, report.Rejected));
        Assert.Equal(RejectReason.MissingField, report.Errors[0].Reason);
    }

    [Fact]
    public void NativeHistogram_IsItsCountAndSum()
    {
        var histogram = new ProtoWriter().Varint(1, 7).Double(3, 12.5).Varint(15, (ulong)s_nowMs).ToArray();
        var series = new ProtoWriter().Bytes(1, ProtoWriter.Pair("__name__", "rpc")).Bytes(4, histogram).ToArray();
        Feed(new ProtoWriter().Bytes(1, series).ToArray());
        Assert.Equal(["rpc_count@0=7", "rpc_sum@0=12.5"], _harness.Points);
    }

    [Fact]
    public void ManySamples_PastABatch_AllArrive()
    {
        var samples = Enumerable.Range(0, 20_000).Select(static i => ((double)i, s_nowMs - i)).ToArray();
        var report = Feed(ProtoWriter.RemoteWrite1(([("__name__", "a")], samples), ([("__name__", "b")], samples)));
        Assert.Equal(40_000, report.Accepted);
        Assert.Equal(40_000, _harness.Points.Distinct().Count());
    }

    [Fact]
    public void RandomBytes_AndCutMessages_NeverThrow()
    {
        var random = new Random(7);
        var good = ProtoWriter.RemoteWrite1(([("__name__", "up"), ("job", "node")], [(1, s_nowMs)]));
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = good[..random.Next(good.Length + 1)].ToArray();
            for (var i = 0; i < 3 && bytes.Length > 0; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var body = round % 3 == 0 ? bytes : ProtoWriter.Snappy(bytes);
            _harness.Feed(_harness.Decoders.RemoteWrite(round % 2 == 0), body);
        }
    }

    [Fact]
    public void KnownSeries_CostNoMemoryASample()
    {
        var message = ProtoWriter.Snappy(ProtoWriter.RemoteWrite1([.. Enumerable.Range(0, 100).Select(static i =>
            ((IReadOnlyList<(string, string)>)[("__name__", "http_requests_total"), ("instance", $"web{i}:9100"), ("job", "node")], (IReadOnlyList<(double, long)>)[.. Enumerable.Range(0, 50).Select(s => (s * 1.5, s_nowMs - s))]))]));
        long Allocated() => _harness.Allocated(_harness.Decoders.RemoteWrite(isVersion2: false), message);

        Allocated();
        Allocated();
        Assert.InRange(Allocated(), 0, 16 * 1024);
    }

    private IngestReport Feed(byte[] message, bool isVersion2 = false) => _harness.Feed(_harness.Decoders.RemoteWrite(isVersion2), ProtoWriter.Snappy(message));
}
