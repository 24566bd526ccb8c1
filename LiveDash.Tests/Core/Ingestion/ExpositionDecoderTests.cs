using System.Text.RegularExpressions;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class ExpositionDecoderTests
{
    private static readonly long s_nowMs = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    [Theory]
    [InlineData("up 1", "up{instance=a,job=j}@0=1")]
    [InlineData("http_requests_total{code=\"200\",uri=\"/a b/{id}\"} 1027", "http_requests_total{code=200,instance=a,job=j,uri=\"/a b/{id}\"}@0=1027")]
    [InlineData("m{text=\"say \\\"hi\\\"\"} 2.5e3", "m{instance=a,job=j,text=\"say \\\"hi\\\"\"}@0=2500")]
    [InlineData("m{ a = \"x\" , } +1", "m{a=x,instance=a,job=j}@0=1")]
    [InlineData("m{instance=\"own\"} 1", "m{exported_instance=own,instance=a,job=j}@0=1")]
    [InlineData("{\"with.dots\",a=\"b\"} 1", "with.dots{a=b,instance=a,job=j}@0=1")]
    [InlineData("# HELP m what it is", "")]
    [InlineData("m NaN", "")]
    [InlineData("m +Inf", "", "not_finite")]
    [InlineData("m", "", "bad_line")]
    [InlineData("m x", "", "bad_value")]
    [InlineData("m{a=\"b} 1", "", "bad_line")]
    [InlineData("m{a=b} 1", "", "bad_line")]
    [InlineData("m 1 soon", "", "bad_time")]
    public void Decode_Line_SplitAtEveryByte_IsAPointOrAFault(string line, string point, string? reason = null)
    {
        for (var piece = 1; piece <= line.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(Decoder(harness), $"ok 1\r\n{line}\nok 2\n", piece);
            Assert.Equal(string.Join(';', new[] { "ok{instance=a,job=j}@0=1", point, "ok{instance=a,job=j}@0=2" }.Where(p => p.Length > 0)), string.Join(';', harness.Points));
            Assert.Equal(reason, report.Errors.Count == 0 ? null : ReasonNames.Of(report.Errors.Single().Reason));
        }
    }

    [Fact]
    public void Decode_Times_AreMillisecondsOfTextAndSecondsOfOpenMetrics()
    {
        var harness = new DecoderHarness();
        harness.Feed(Decoder(harness), $"m 1 {s_nowMs - 1000}");
        harness.Feed(Decoder(harness, isOpenMetrics: true), FormattableString.Invariant($"n_total 2 {(s_nowMs - 2000) / 1000.0} # {{trace_id=\"x\"}} 0.5\n# EOF\n"));
        Assert.Equal(["m{instance=a,job=j}@-10000000=1", "n_total{instance=a,job=j}@-20000000=2"], harness.Points);
    }

    [Fact]
    public void Decode_Relabelling_KeepsAndDropsByNameAndLabel()
    {
        var harness = new DecoderHarness();
        var decoder = Decoder(harness, keep: [("__name__", new Regex("^(?:node_.*)$"))], drop: [("device", new Regex("^(?:loop.*)$"))]);
        harness.Feed(decoder, "go_threads 7\nnode_disk{device=\"loop0\"} 1\nnode_disk{device=\"sda\"} 2\n");
        Assert.Equal(["node_disk{device=sda,instance=a,job=j}@0=2"], harness.Points);
        Assert.Equal((3, 1), decoder.Samples);
    }

    [Fact]
    public void Decode_RandomText_NeverThrows()
    {
        const string Letters = "{}\"\\,= #ab1.\nNaN";
        var random = new Random(3);
        var harness = new DecoderHarness(new Limits { MaxSeries = 100 });
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Letters[random.Next(Letters.Length)]));
            harness.Feed(Decoder(harness), text, 5);
        }
    }

    private static ExpositionDecoder Decoder(
        DecoderHarness harness, bool isOpenMetrics = false, IReadOnlyList<(string, Regex)>? keep = null, IReadOnlyList<(string, Regex)>? drop = null)
    {
        var admission = new Admission(new Limits(), harness.Catalog);
        return new(admission, new ScrapeNames(admission, [new("job", "j"), new("instance", "a")], keep ?? [], drop ?? []), isOpenMetrics);
    }
}
