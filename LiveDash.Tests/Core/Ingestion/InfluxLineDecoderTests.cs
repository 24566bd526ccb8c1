using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class InfluxLineDecoderTests
{
    // DecoderHarness.Now in nanoseconds since 1970, minus one second.
    private static readonly long s_secondAgo = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks - TimeSpan.TicksPerSecond) * 100;

    [Theory]
    [InlineData("cpu,host=a usage_user=1.5,usage_idle=98i", "cpu.usage_user{host=a}@0=1.5;cpu.usage_idle{host=a}@0=98")]
    [InlineData("temp value=21.5", "temp@0=21.5")]
    [InlineData("temp,b=2,a=1 value=-1e3", "temp{a=1,b=2}@0=-1000")]
    [InlineData("  m   f=1  ", "m.f@0=1")]
    [InlineData("m f=18446744073709551615u", "m.f@0=1.8446744073709552E+19")]
    [InlineData("m a=t,b=F,c=true,d=FALSE", "m.a@0=1;m.b@0=0;m.c@0=1;m.d@0=0")]
    [InlineData("m f=1.,g=.5", "m.f@0=1;m.g@0=0.5")]
    [InlineData("m text=\"a \\\"b\\\", c=d \\\\\",f=1", "m.text@0=0;m.f@0=1")]
    [InlineData("my\\ m,t\\=g=v\\ w f\\ f=1", "", "bad_name")]
    [InlineData("my\\ m,tag=v\\ w\\=x f\\ f=1", "my m.f f{tag=v w=x}@0=1")]
    [InlineData("disk,path=C:\\ f=1", "", "bad_line")]
    [InlineData("# a comment", "")]
    [InlineData("m", "", "bad_line")]
    [InlineData("m ", "", "bad_line")]
    [InlineData("m f", "", "bad_line")]
    [InlineData("m f=", "", "bad_value")]
    [InlineData("m =1", "", "bad_line")]
    [InlineData("m f=1,", "", "bad_line")]
    [InlineData("m f=x", "", "bad_value")]
    [InlineData("m f=1x", "", "bad_value")]
    [InlineData("m f=1.5i", "", "bad_value")]
    [InlineData("m f=-1u", "", "bad_value")]
    [InlineData("m f=NaN", "", "not_finite")]
    [InlineData("m f=-Inf", "", "not_finite")]
    [InlineData("m f=1e400", "", "not_finite")]
    [InlineData("m f=\"open", "", "bad_line")]
    [InlineData("m f=\"a\"b", "", "bad_line")]
    [InlineData("m,t f=1", "", "bad_line")]
    [InlineData("m,t= f=1", "", "bad_name")]
    [InlineData("m,=v f=1", "", "bad_name")]
    [InlineData("m,t=1,t=2 f=1", "", "bad_name")]
    [InlineData(",t=1 f=1", "", "bad_name")]
    [InlineData("m f=1 x", "", "bad_time")]
    [InlineData("m f=1 1.5", "", "bad_time")]
    [InlineData("m f=1 1 2", "", "bad_time")]
    [InlineData("m f=1 9223372036854775807", "", "future")]
    [InlineData("m f=1 99999999999999999999", "", "bad_time")]
    [InlineData("m good=1,bad=x", "", "bad_value")]
    public void Decode_Line_SplitAtEveryByte_IsPointsOrAFault(string line, string points, string? reason = null)
    {
        for (var piece = 1; piece <= line.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), $"ok value=1\r\n{line}\nok value=2", piece);
            Assert.Equal(string.Join(';', new[] { "ok@0=1", points, "ok@0=2" }.Where(p => p.Length > 0)), string.Join(';', harness.Points));
            Assert.Equal(reason, report.Errors.Count == 0 ? null : ReasonNames.Of(report.Errors.Single().Reason));
            if (reason is not null) Assert.Equal(2, report.Errors.Single().Line);
        }
    }

    // The text of a point may hold whatever a line of points may: no points are made of it, and where it has line ends no state.
    [Theory]
    [InlineData("l27,host=a msg=\"first\nl27_fake value=99\nend\",v=1", "l27.v{host=a}@0=1", 3)]
    [InlineData("m msg=\"first\r\nfake value=99\r\n\",v=1\r", "m.v@0=1", 3)]
    [InlineData("m v=1,msg=\"say \\\"hi\\\"\nfake value=2\"", "m.v@0=1", 2)]
    [InlineData("m msg=\"back \\\\\",v=1\nn v=2", "m.msg@0=0;m.v@0=1;n.v@0=2", 2)]
    [InlineData("m a=\"x\n\",b=\"\ny, z=3 4\",v=1", "m.v@0=1", 3)]
    [InlineData("m msg=\"# no comment\n# neither\",v=1", "m.v@0=1", 2)]
    [InlineData("m,tag=\"a v=1\nn v=2", "m.v{tag=\"\\\"a\"}@0=1;n.v@0=2", 2)]
    [InlineData("\"m v=1\nn v=2", "\"m.v@0=1;n.v@0=2", 2)]
    [InlineData("# it's \"quoted\nn v=2", "n.v@0=2", 2)]
    public void Decode_TextWithLineEnds_SplitAtEveryByte_IsOnePoint(string lines, string points, int physical)
    {
        for (var piece = 1; piece <= lines.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), $"{lines}\nok value=2\nbad value=x", piece);
            Assert.Equal($"{points};ok@0=2", string.Join(';', harness.Points));
            Assert.Equal(physical + 2, report.Errors.Single().Line);
        }
    }

    // A quote that opens nothing is the fault of its own line: the neighbours are read.
    [Theory]
    [InlineData("m f=\"open\nok value=2", 1)]
    [InlineData("m f=\"open\nok value=2\nok value=3\n", 1)]
    [InlineData("m f=\"open\nn f=\"shut\",value=2\n", 1)]
    [InlineData("m f=\"he said \"hi\"\nfake value=2\nend\",v=1\nok value=2", 1)]
    public void Decode_TextNotClosed_IsTheFaultOfItsLine(string lines, int refused)
    {
        for (var piece = 1; piece <= lines.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), lines, piece);
            Assert.Equal(refused, report.Errors.Count);
            Assert.Equal((RejectReason.BadLine, 1L), (report.Errors[0].Reason, report.Errors[0].Line));
            Assert.NotEmpty(harness.Points);
            Assert.DoesNotContain(harness.Points, static point => point.StartsWith("fake", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(100_000)]
    public void Decode_TextOverTheLimit_IsPassedOverWhole(int piece)
    {
        var harness = new DecoderHarness(new LiveDash.Core.Model.Limits { MaxLineBytes = 1024 });
        var text = string.Concat(Enumerable.Repeat("fake value=99\n", 200));
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), $"ok value=1\nm msg=\"{text}\",v=1\nok value=2\nx", piece);
        Assert.Equal(["ok@0=1", "ok@0=2"], harness.Points);
        Assert.Equal([(2L, RejectReason.LineTooLong), (204L, RejectReason.BadLine)], report.Errors.Select(static e => (e.Line, e.Reason)));
    }

    [Theory]
    [InlineData("ns", 1L)]
    [InlineData("", 1L)]
    [InlineData("n", 1L)]
    [InlineData("us", 1_000L)]
    [InlineData("u", 1_000L)]
    [InlineData("ms", 1_000_000L)]
    [InlineData("s", 1_000_000_000L)]
    public void Decode_Timestamp_IsReadInItsPrecision(string precision, long nanoseconds)
    {
        var harness = new DecoderHarness();
        harness.Feed(harness.Decoders.Influx(InfluxPrecision.Parse(precision)!), $"m f=1 {s_secondAgo / nanoseconds}");
        Assert.Equal(["m.f@-10000000=1"], harness.Points);
    }

    [Fact]
    public void Decode_WrongPrecision_NamesIt()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Parse("s")!), $"m f=1 {s_secondAgo}");
        Assert.Equal(RejectReason.Future, report.Errors.Single().Reason);
        Assert.Contains("precision", report.Errors.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TextFields_AreStatesOrCountedAndNotHeldAgainstTheLine()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), "system uptime=5i,uptime_format=\"1 day, 3:00\",x=\"\"");
        Assert.Equal((2, 1, 1), (report.Accepted, report.Rejected, report.TextFields));
        Assert.Equal(1, harness.Source.Snapshot(0).Rejected["text_field"]);
    }

    [Fact]
    public void Decode_BadUtf8_IsToldAsSuch()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), [.. "m,t="u8, 0xFF, .. " f=1"u8]);
        Assert.Equal(RejectReason.BadUtf8, report.Errors.Single().Reason);
    }

    [Fact]
    public void Parse_UnknownPrecision_IsNull()
    {
        Assert.Null(InfluxPrecision.Parse("days"));
        Assert.Null(InfluxPrecision.Parse("NS"));
    }
}
