using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding.Graphite;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class GraphiteDecoderTests
{
    // DecoderHarness.Now in seconds since 1970, minus one.
    private static readonly long s_secondAgo = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - 1;

    [Theory]
    [InlineData("servers.web1.load 1.5 AGO", "servers.web1.load@-10000000=1.5")]
    [InlineData("load;host=web1;zone=a 2 AGO", "load{host=web1,zone=a}@-10000000=2")]
    [InlineData("a.b\t-3e2\tAGO", "a.b@-10000000=-300")]
    [InlineData("a.b 4", "a.b@0=4")]
    [InlineData("a.b 4 -1", "a.b@0=4")]
    [InlineData("a.b 4 N", "a.b@0=4")]
    [InlineData("a.b +4 AGO.5", "a.b@-5000000=4")]
    [InlineData("a.b", "", "bad_line")]
    [InlineData("a.b 1 2 3", "", "bad_line")]
    [InlineData("a.b x AGO", "", "bad_value")]
    [InlineData("a.b nan AGO", "", "not_finite")]
    [InlineData("a.b 1e999 AGO", "", "not_finite")]
    [InlineData("a.b 1 soon", "", "bad_time")]
    [InlineData("a.b 1 99999999999999", "", "future")]
    [InlineData("a.b;x 1 AGO", "", "bad_line")]
    [InlineData("a{b 1 AGO", "", "bad_name")]
    public void Decode_Line_SplitAtEveryByte_IsAPointOrAFault(string line, string point, string? reason = null)
    {
        line = line.Replace("AGO", s_secondAgo.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        for (var piece = 1; piece <= line.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Graphite(harness.Decoders.GraphiteNames([])), $"ok 1 -1\r\n{line}\nok 2 -1", piece);
            Assert.Equal(string.Join(';', new[] { "ok@0=1", point, "ok@0=2" }.Where(p => p.Length > 0)), string.Join(';', harness.Points));
            Assert.Equal(reason, report.Errors.Count == 0 ? null : ReasonNames.Of(report.Errors.Single().Reason));
        }
    }

    [Theory]
    [InlineData("servers.* .host.name*", "servers.web1.cpu.load", "cpu.load{host=web1}")]
    [InlineData("servers.* .host.name*", "other.web1.cpu", "other.web1.cpu")]
    [InlineData("_.host.name.device env=prod", "x.web1.disk.sda", "disk{device=sda,env=prod,host=web1}")]
    [InlineData("region.host.measurement.field", "eu.web1.cpu.idle.more", "cpu.idle{host=web1,region=eu}")]
    [InlineData("host.host.name", "a.b.c", "c{host=a.b}")]
    public void Decode_Template_TurnsPartsIntoTags(string template, string path, string series)
    {
        var harness = new DecoderHarness();
        harness.Feed(harness.Decoders.Graphite(harness.Decoders.GraphiteNames([GraphiteTemplate.Parse(template)!])), path + " 1");
        Assert.Equal([series + "@0=1"], harness.Points);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host.zone")]
    [InlineData("a name b=1 c")]
    public void Parse_TemplateWithoutAName_IsNull(string text) => Assert.Null(GraphiteTemplate.Parse(text));

    // Python's pickle.dumps([("a.b", (1700000000, 1.5)), ("c", (1700000000.5, 2)), ("a.b", (1700000001, 3))], protocol), protocols 0 to 5.
    [Theory]
    [InlineData("286c70300a2856612e620a70310a2849313730303030303030300a46312e350a7470320a7470330a612856630a70340a2846313730303030303030302e350a49320a7470350a7470360a612867310a2849313730303030303030310a49330a7470370a7470380a612e")]
    [InlineData("5d710028285803000000612e627101284a00f15365473ff8000000000000747102747103285801000000637104284741d954fc402000004b02747105747106286801284a01f153654b03747107747108652e")]
    [InlineData("80025d7100285803000000612e6271014a00f15365473ff800000000000086710286710358010000006371044741d954fc402000004b0286710586710668014a01f153654b03867107867108652e")]
    [InlineData("80035d7100285803000000612e6271014a00f15365473ff800000000000086710286710358010000006371044741d954fc402000004b0286710586710668014a01f153654b03867107867108652e")]
    [InlineData("8004953d000000000000005d94288c03612e62944a00f15365473ff8000000000000869486948c0163944741d954fc402000004b028694869468014a01f153654b0386948694652e")]
    [InlineData("8005953d000000000000005d94288c03612e62944a00f15365473ff8000000000000869486948c0163944741d954fc402000004b028694869468014a01f153654b0386948694652e")]
    public void Decode_PickleOfEveryProtocol_IsItsPoints(string hex)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), Framed(Convert.FromHexString(hex)));
        Assert.Equal((3, 0), (report.Accepted, report.Rejected));
        var since = DecoderHarness.Now - DateTime.UnixEpoch.AddSeconds(1_700_000_000).Ticks;
        Assert.Equal([$"a.b@{-since}=1.5", $"c@{5_000_000 - since}=2", $"a.b@{10_000_000 - since}=3"], harness.Points);
    }

    [Fact]
    public void Decode_PickleOfProtocol2_SplitAtEveryByte_IsItsPoints()
    {
        // [("a.b", (1700000000, 1.5)), ("c", (1700000000, 2))]
        byte[] body =
        [
            0x80, 2, (byte)']', (byte)'q', 0, (byte)'(',
            (byte)'X', 3, 0, 0, 0, .. "a.b"u8, (byte)'q', 1, (byte)'J', .. Int(1_700_000_000), (byte)'G', .. Double(1.5), 0x86, (byte)'q', 2, 0x86, (byte)'q', 3,
            (byte)'X', 1, 0, 0, 0, .. "c"u8, (byte)'q', 4, (byte)'J', .. Int(1_700_000_000), (byte)'K', 2, 0x86, 0x86,
            (byte)'e', (byte)'.',
        ];
        var message = Framed(body).Concat(Framed(body)).ToArray();
        for (var piece = 1; piece <= message.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), message, piece);
            Assert.Equal((4, 0), (report.Accepted, report.Rejected));
            Assert.StartsWith("a.b@", harness.Points[0], StringComparison.Ordinal);
            Assert.EndsWith("=2", harness.Points[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decode_PickleThatCallsCode_IsRefusedAndTheNextIsKept()
    {
        var harness = new DecoderHarness();
        byte[] evil = [.. "cos\nsystem\n(S'id'\ntR."u8];
        byte[] good = [.. "(lp0\n(S'x'\n(I-1\nF2.5\ntta."u8];
        var report = harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), [.. Framed(evil), .. Framed(good)]);
        Assert.Equal(RejectReason.BadMessage, report.Errors.Single().Reason);
        Assert.Equal(["x@0=2.5"], harness.Points);
    }

    [Fact]
    public void Decode_PickleTooLong_IsSkippedInConstantMemory()
    {
        var harness = new DecoderHarness();
        var huge = new byte[PickleDecoder.MaxMessageBytes + 1];
        byte[] good = [.. "(lp0\n(S'x'\n(I-1\nF2.5\ntta."u8];
        var report = harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), [.. Framed(huge), .. Framed(good)], 64 * 1024);
        Assert.Equal(RejectReason.LineTooLong, report.Errors.Single().Reason);
        Assert.Equal(["x@0=2.5"], harness.Points);
    }

    [Fact]
    public void Decode_RandomBytes_NeverThrowsAndAlwaysBalances()
    {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(1, 60)];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = random.Next(3) == 0 ? (byte)random.Next(256) : "(lp0]tGaeXJKS'.I1\n\x80\x02\x86q"u8[random.Next(20)];
            var harness = new DecoderHarness();
            harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), Framed(bytes), 7);
            harness.Feed(harness.Decoders.Graphite(harness.Decoders.GraphiteNames([])), bytes, 7);
            harness.Feed(harness.Decoders.Statsd(harness.Decoders.StatsdAggregator()), bytes, 7);
        }
    }

    private static byte[] Framed(byte[] body)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, body.Length);
        return [.. head, .. body];
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Double(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }
}
