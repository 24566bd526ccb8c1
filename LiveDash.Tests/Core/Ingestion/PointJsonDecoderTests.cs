using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>Each decoding row of INPUTS.md, and each form a body may have.</summary>
public sealed class PointJsonDecoderTests
{
    private const string Good = """{"series":"good","value":1}""";

    [Theory]
    [InlineData("""{"series":"a","value":1.5}""", "a@0=1.5")]
    [InlineData("""{"value":-0,"series":"a"}""", "a@0=-0")]
    [InlineData("""{"series":"a","value":1e-400}""", "a@0=0")]
    [InlineData("""{"series":"a","value":1E3}""", "a@0=1000")]
    [InlineData("""{"series":"a","value":1,"tags":{}}""", "a@0=1")]
    [InlineData("""{"series":"a","value":1,"tags":null,"t":null,"pt":null,"id":null}""", "a@0=1")]
    [InlineData("""{"tags":{"z":"2","host":"web1"},"series":"cpu.load","value":1}""", "cpu.load{host=web1,z=2}@0=1")]
    [InlineData("""{"series":"a","tags":{"port":8080,"up":true},"value":1}""", "a{port=8080,up=true}@0=1")]
    [InlineData("""{"series":"coords","value":0,"pt":[1.5,-2]}""", "coords@0=0 (1.5,-2)")]
    [InlineData("""{"series":"coords","pt":[1,2],"id":7}""", "coords@0=0 (1,2) #7")]
    [InlineData("""{"series":"a","value":1,"id":"x-1"}""", "a@0=1 #x-1")]
    [InlineData("""{"series":"a","value":1,"t":"now-1s"}""", "a@-10000000=1")]
    [InlineData("""{"series":"a","value":1,"t":"now+5m"}""", "a@3000000000=1")]
    [InlineData("""{"\u0073eries":"temp \u00e9\ud83d\ude00","v\u0061lue":1}""", "temp é😀@0=1")]
    [InlineData("""{"series":"a","tags":{"h":"x,z=1","uri":"/u/{id}"},"value":1}""", "a{h=\"x,z=1\",uri=\"/u/{id}\"}@0=1")]
    [InlineData(""" { "series" : "a" , "value" : 1 } """, "a@0=1")]
    public void Decode_GoodLine_IsAPoint(string line, string expected)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), line);
        Assert.Equal([expected], harness.Points);
        Assert.Equal((1, 0), (report.Accepted, report.Rejected));
    }

    [Theory]
    [InlineData("""{"series":"a","value":NaN}""", "not_finite")]
    [InlineData("""{"series":"a","value":nan}""", "not_finite")]
    [InlineData("""{"series":"a","value":Infinity}""", "not_finite")]
    [InlineData("""{"series":"a","value":-Infinity}""", "not_finite")]
    [InlineData("""{"series":"a","value":"NaN"}""", "not_finite")]
    [InlineData("""{"series":"a","value":"-Infinity"}""", "not_finite")]
    [InlineData("""{"series":"a","value":1e400}""", "not_finite")]
    [InlineData("""{"series":"a","value":-1e400}""", "not_finite")]
    [InlineData("""{"series":"a","value":1,"pt":[1e400,0]}""", "not_finite")]
    [InlineData("""{"series":"a","value":1,"pt":[0,NaN]}""", "not_finite")]
    [InlineData("""{"series":"a","value":[[[[[[[[1]]]]]]]]}""", "too_deep")]
    [InlineData("""{"x":{"x":{"x":{"x":{"x":{"x":{"x":{"x":{}}}}}}}}}""", "too_deep")]
    [InlineData("""{"x":{"x":{"x":{"x":{"x":{"x":{"x":{}}}}}}}}""", "unknown_field")]
    [InlineData("""{"series":"a","value":1,"value":2}""", "bad_json")]
    [InlineData("""{"series":"a","series":"a","value":2}""", "bad_json")]
    [InlineData("""{"series":"a","value":1,"tags":{"h":"1","h":"2"}}""", "bad_json")]
    [InlineData("""{"series":"a","value":1,"tags":{"h":"1","\u0068":"2"}}""", "bad_json")]
    [InlineData("""{"series":"a","value":1,}""", "bad_json")]
    [InlineData("""{"series":"a","value":01}""", "bad_json")]
    [InlineData("""{"series":"a","value":1.}""", "bad_json")]
    [InlineData("""{"series":"a","value":+1}""", "bad_json")]
    [InlineData("""{"series":"a","value":1}{"series":"a","value":1}""", "bad_json")]
    [InlineData("""{"series":"a","value":1} 5""", "bad_json")]
    [InlineData("""{"series":"a","value":1""", "bad_json")]
    [InlineData("""{'series':'a'}""", "bad_json")]
    [InlineData("""{"series":"a","value":1}//x""", "bad_json")]
    [InlineData("""5""", "bad_json")]
    [InlineData("\"a\"", "bad_json")]
    [InlineData("hello", "bad_json")]
    [InlineData("""{"series":"\ud800","value":1}""", "bad_utf8")]
    [InlineData("""{"series":"a","tags":{"h":"\udc00x"},"value":1}""", "bad_utf8")]
    [InlineData("""{"series":"a","value":1,"id":"\ud800"}""", "bad_utf8")]
    [InlineData("""{"series":"","value":1}""", "bad_name")]
    [InlineData("""{"series":5,"value":1}""", "bad_name")]
    [InlineData("""{"series":null,"value":1}""", "bad_name")]
    [InlineData("""{"series":"a\u0000b","value":1}""", "bad_name")]
    [InlineData("""{"series":"a\nb","value":1}""", "bad_name")]
    [InlineData("{\"series\":\"a\u0000b\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\tb\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u202Eb\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u2066b\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u200Fb\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u061Cb\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u0085b\",\"value\":1}", "bad_name")]
    [InlineData("{\"series\":\"a\u2028b\",\"value\":1}", "bad_name")]
    [InlineData("""{"series":" a","value":1}""", "bad_name")]
    [InlineData("""{"series":"a{b=c}","value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":{"h=":"x"},"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":{"":"x"},"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":{"h":""},"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":{"h":null},"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":{"h":["x"]},"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","tags":["h"],"value":1}""", "bad_name")]
    [InlineData("""{"series":"a","value":true}""", "bad_value")]
    [InlineData("""{"series":"a","value":null}""", "bad_value")]
    [InlineData("""{"series":"a","value":"1.5"}""", "bad_value")]
    [InlineData("""{"series":"a","value":{"x":1}}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"pt":[1]}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"pt":[1,2,3]}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"pt":[]}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"pt":[[1,2]]}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"pt":{"x":1,"y":2}}""", "bad_value")]
    [InlineData("""{"series":"a","value":1,"t":"yesterday"}""", "bad_time")]
    [InlineData("""{"series":"a","value":1,"t":true}""", "bad_time")]
    [InlineData("""{"series":"a","value":1,"t":-9223372036854775808}""", "bad_time")]
    [InlineData("""{"series":"a","value":1,"t":"0000-01-01"}""", "bad_time")]
    [InlineData("""{"series":"a","value":1,"t":"9999-12-31T23:59:59Z"}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":9223372036854775807}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":1763719200000000}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":1763719200000000000}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":1e300}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":1e400}""", "future")]
    [InlineData("""{"series":"a","value":1,"t":"now+301s"}""", "future")]
    [InlineData("""{"value":1}""", "missing_field")]
    [InlineData("""{"series":"a"}""", "missing_field")]
    [InlineData("""{}""", "missing_field")]
    [InlineData("""{"series":"a","value":1,"timestamp":5}""", "unknown_field")]
    [InlineData("""{"Series":"a","value":1}""", "unknown_field")]
    public void Decode_BadLine_IsRefusedAndItsNeighboursKept(string line, string reason)
    {
        for (var piece = 1; piece <= 4096; piece *= 16)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Json(), Good + "\n" + line + "\n" + Good, piece);
            Assert.Equal(["good@0=1", "good@0=1"], harness.Points);
            Assert.Equal((2, 1), (report.Accepted, report.Rejected));
            var error = Assert.Single(report.Errors);
            Assert.Equal((2, reason), (error.Line, ReasonNames.Of(error.Reason)));
            Assert.NotEmpty(error.Detail);
            Assert.Equal(1, harness.Source.Snapshot(0).Rejected[reason]);
        }
    }

    [Fact]
    public void Decode_FourHundredDigits_IsNotFinite()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), $$"""{"series":"a","value":{{new string('9', 400)}}}""");
        Assert.Equal(RejectReason.NotFinite, report.Errors.Single().Reason);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Decode_InvalidUtf8_IsBadUtf8Wherever(byte[] bad)
    {
        foreach (var (before, after) in new[]
        {
            ("{\"series\":\"a", "\",\"value\":1}"), ("{\"series\":\"a\",\"tags\":{\"h\":\"", "\"},\"value\":1}"), ("{\"series\":\"a\",\"value\":1,\"id\":\"", "\"}"),
            ("{\"series\":\"a\",\"value\":1,\"", "\":1}"), ("{\"series\":\"a\",\"value\":", "}"), ("{\"series\":\"a\",\"value\":1,\"t\":\"", "\"}"),
        })
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Json(), [.. Encoding.UTF8.GetBytes(Good + "\n" + before), .. bad, .. Encoding.UTF8.GetBytes(after + "\n" + Good)]);
            Assert.Equal((2, RejectReason.BadUtf8), (report.Accepted, report.Errors.Single().Reason));
        }
    }

    [Fact]
    public void Decode_BadBytesInAKnownSeries_DoNotPassAsKnown()
    {
        var harness = new DecoderHarness();
        var decoder = harness.Decoders.Json();
        harness.Feed(decoder, Good);
        var report = harness.Feed(harness.Decoders.Json(), [.. "{\"series\":\"goo"u8, 0xFF, .. "\",\"value\":1}"u8]);
        Assert.Equal(RejectReason.BadUtf8, report.Errors.Single().Reason);
    }

    [Theory]
    [InlineData("\uFEFF" + Good + "\n" + Good)]
    [InlineData(Good + "\r\n" + Good + "\r\n")]
    [InlineData("\n\n" + Good + "\n\n \t\n" + Good + "\n\n")]
    [InlineData("[" + Good + "," + Good + "]")]
    [InlineData("\uFEFF [\r\n " + Good + " ,\n" + Good + "\n]\n")]
    [InlineData("[\n{\n\"series\"\n:\"good\",\"value\":1},{\"series\":\"good\",\"value\":1}]")]
    public void Decode_AnyForm_SplitAtEveryByte_IsTheSame(string body)
    {
        for (var piece = 1; piece <= Encoding.UTF8.GetByteCount(body); piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Json(), body, piece);
            Assert.Equal(["good@0=1", "good@0=1"], harness.Points);
            Assert.Equal(0, report.Rejected);
        }
    }

    [Theory]
    [InlineData("{\n  \"series\": \"good\",\n  \"value\": 1\n}\n")]
    [InlineData("\n{\"series\":\"good\",\r\n\r\n\"value\":1}")]
    [InlineData("{\n}\n{\"series\":\"good\",\"value\":1}", "bad")]
    public void Decode_OneObjectOverManyLines_SplitAtEveryByte_IsAPoint(string body, string? outcome = null)
    {
        for (var piece = 1; piece <= body.Length; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Json(), body, piece);
            Assert.Equal(outcome is null ? ["good@0=1"] : [], harness.Points);
            Assert.Equal(outcome is null ? 0 : 2, report.Rejected);
        }
    }

    [Fact]
    public void Decode_FirstLineCutOff_DoesNotSpoilTheNext()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), "{\"series\":\"a\",\n" + Good + "\n" + Good);
        Assert.Equal((2, 1), (report.Accepted, report.Rejected));
        Assert.Equal(1, report.Errors.Single().Line);
    }

    [Theory]
    [InlineData("[" + Good + ",5,\"x,]\"," + Good + "]", 2, 2)]
    [InlineData("[" + Good + ",[1,2]," + Good + "]", 2, 1)]
    [InlineData("[" + Good + ",{\"a\":\"]}\\\"\"}," + Good + "]", 2, 1)]
    [InlineData("[" + Good + ",]", 1, 1)]
    [InlineData("[," + Good + "]", 0, 1)]
    [InlineData("[" + Good + " " + Good + "]", 1, 1)]
    [InlineData("[" + Good, 1, 1)]
    [InlineData("[" + Good + ",", 1, 1)]
    [InlineData("[" + Good + ",{\"series\":", 1, 1)]
    [InlineData("[" + Good + "]x", 1, 1)]
    [InlineData("[" + Good + "][" + Good + "]", 1, 1)]
    [InlineData("[]", 0, 0)]
    [InlineData("[", 0, 1)]
    [InlineData("", 0, 0)]
    [InlineData(" \n\t\n", 0, 0)]
    public void Decode_ArrayWithFaults_KeepsTheGood(string body, int accepted, int rejected)
    {
        for (var piece = 1; piece <= body.Length + 1; piece++)
        {
            var harness = new DecoderHarness();
            var report = harness.Feed(harness.Decoders.Json(), body, piece);
            Assert.Equal((accepted, rejected), ((int)report.Accepted, (int)report.Rejected));
            Assert.Equal(accepted, harness.Points.Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Decode_LineTooLong_IsSkippedInConstantMemory(int piece)
    {
        var limits = new Limits { MaxLineBytes = 1024 };
        var harness = new DecoderHarness(limits);
        var longest = Good + new string(' ', 1024 - Good.Length);
        var report = harness.Feed(harness.Decoders.Json(), $"{longest}\r\n{longest} \n{Good}\n{new string('x', 10_000)}\n{Good}\n{new string('y', 3000)}", piece);
        Assert.Equal((3, 3), (report.Accepted, report.Rejected));
        Assert.Equal([2L, 4L, 6L], report.Errors.Select(e => e.Line));
        Assert.All(report.Errors, e => Assert.Equal(RejectReason.LineTooLong, e.Reason));
        Assert.Contains("1024", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Contains("LiveDash:Limits:MaxLineBytes", report.Errors[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Decode_ElementTooLong_IsSkippedInConstantMemory(int piece)
    {
        var harness = new DecoderHarness(new Limits { MaxLineBytes = 1024 });
        var report = harness.Feed(harness.Decoders.Json(), $$"""[{{Good}},{"series":"{{new string('x', 5000)}}"},{{Good}}]""", piece);
        Assert.Equal((2, 1), (report.Accepted, report.Rejected));
        Assert.Equal((2, RejectReason.LineTooLong), (report.Errors[0].Line, report.Errors[0].Reason));
    }

    [Fact]
    public void Decode_ManyErrors_TwentyAreToldAndAllCounted()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), string.Concat(Enumerable.Repeat("{\"series\":1,\"value\":1}\n", 100)) + Good);
        Assert.Equal((1, 100, 20), (report.Accepted, report.Rejected, report.Errors.Count));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), report.Errors.Select(e => e.Line));
        Assert.Equal(100, harness.Source.Snapshot(0).Rejected["bad_name"]);
    }

    [Fact]
    public void Decode_NameLimits_NameTheirSetting()
    {
        var harness = new DecoderHarness();
        var fits = new string('é', 100);
        var tooMany = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"k{i}\":\"v\""));
        var report = harness.Feed(harness.Decoders.Json(), $$"""
            {"series":"{{fits}}","value":1}
            {"series":"{{fits}}x","value":1}
            {"series":"a","value":1,"tags":{"{{fits}}x":"v"} }
            {"series":"a","value":1,"tags":{"h":"{{fits}}x"} }
            {"series":"a","value":1,"tags":{ {{tooMany}} } }
            {"series":"a","value":1,"id":"{{fits}}x"}
            """);
        Assert.Equal((1, 5), (report.Accepted, report.Rejected));
        Assert.All(report.Errors, e => Assert.Equal(RejectReason.BadName, e.Reason));
        Assert.Contains("LiveDash:Limits:MaxNameBytes", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Contains("LiveDash:Limits:MaxTags", report.Errors[3].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_SeriesLimit_RefusesNewAndKeepsKnown()
    {
        var harness = new DecoderHarness(new Limits { MaxSeries = 2 });
        var body = string.Concat(Enumerable.Range(0, 5).Select(i => $$"""{"series":"s{{i}}","value":1}""" + "\n"));
        var report = harness.Feed(harness.Decoders.Json(), body + body);
        Assert.Equal((4, 6), (report.Accepted, report.Rejected));
        Assert.True(report.OnlySeriesLimit);
        Assert.Equal(2, harness.Catalog.Count);
        Assert.Contains("LiveDash:Limits:MaxSeries", report.Errors[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TagsInAnyOrder_AreOneSeries()
    {
        var harness = new DecoderHarness();
        harness.Feed(harness.Decoders.Json(), """
            {"series":"a","tags":{"x":"1","y":"2"},"value":1}
            {"series":"a","tags":{"y":"2","x":"1"},"value":2}
            {"series":"a","tags":{ "y" : "2", "\u0078" : "1" },"value":3}
            {"tags":{"x":"1","y":"2"},"value":4,"series":"\u0061"}
            """);
        Assert.Equal(1, harness.Catalog.Count);
        Assert.Equal(["a{x=1,y=2}@0=1", "a{x=1,y=2}@0=2", "a{x=1,y=2}@0=3", "a{x=1,y=2}@0=4"], harness.Points);
    }

    [Fact]
    public void Decode_MoreThanABatch_LosesNothing()
    {
        var harness = new DecoderHarness();
        var body = string.Concat(Enumerable.Range(0, 20_000).Select(i => $$"""{"series":"a","value":{{i}}}""" + "\n"));
        var report = harness.Feed(harness.Decoders.Json(), body, 10_000);
        Assert.Equal(20_000, report.Accepted);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"a@0={i}"), harness.Points);
    }
}
