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
    [InlineData("m text=\"a \\\"b\\\", c=d \\\\\",f=1", "m.f@0=1")]
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
    public void Decode_TextFields_AreCountedAndNotHeldAgainstTheLine()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), "system uptime=5i,uptime_format=\"1 day, 3:00\",x=\"\"");
        Assert.Equal((1, 2, 2, 0), (report.Accepted, report.Rejected, report.TextFields, report.Errors.Count));
        Assert.Equal(2, harness.Source.Snapshot(0).Rejected["text_field"]);
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
