using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Csv;
using LiveDash.Core.Model;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion.States;

/// <summary>Texts that become states: from JSON, line protocol and CSV.</summary>
public sealed class StateDecodingTests
{
    [Theory]
    [InlineData("""{"series":"pump","t":1,"value":"running"}""")]
    [InlineData("""{"series":"pump","t":1,"state":"running"}""")]
    [InlineData("""{"series":"pump","t":1,"state":"runnin\u0067"}""")]
    public void Json_Text_IsAStateOfItsSeries(string line)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), $"{line}\n{{\"series\":\"pump\",\"t\":2,\"value\":\"stopped\"}}\n{line}");
        Assert.Equal((3, 0), (report.Accepted, report.Rejected));
        Assert.Equal(["running", "stopped"], Words(harness, "pump"));
        Assert.EndsWith("=0", harness.Points[0], StringComparison.Ordinal);
        Assert.EndsWith("=1", harness.Points[1], StringComparison.Ordinal);
        Assert.EndsWith("=0", harness.Points[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Influx_TextFields_AreStatesBesideTheirNumbers()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), """
            pump,site=a value="running",rpm=5 100
            pump,site=a value="say \"stop\"",rpm=0 200
            pump,site=a value="running" 300
            """);
        Assert.Equal((5, 0), (report.Accepted, report.Rejected));
        Assert.Equal(["running", "say \"stop\""], Words(harness, "pump{site=a}"));
    }

    [Fact]
    public void Text_InASeriesOfNumbers_IsRefusedAndANumberInASeriesOfStatesToo()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), """
            {"series":"n","value":1}
            {"series":"n","value":"on"}
            {"series":"s","value":"on"}
            {"series":"s","value":1}
            """);
        Assert.Equal((2, 2), (report.Accepted, report.Rejected));
        Assert.Equal([RejectReason.BadValue, RejectReason.BadValue], report.Errors.Select(static error => error.Reason));
        Assert.Contains("n holds numbers", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Contains("s holds states, such as 'on'", report.Errors[1].Detail, StringComparison.Ordinal);
        var lines = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), "n value=\"off\",m=2");
        Assert.Equal((1, 1, 1), (lines.Accepted, lines.Rejected, lines.TextFields));
    }

    [Fact]
    public void Texts_PastTheBound_AreRefusedByReasonAndKnownOnesFlowOn()
    {
        var harness = new DecoderHarness(new Limits { MaxStates = 2 });
        var report = harness.Feed(harness.Decoders.Json(), string.Join('\n', new[] { "a", "b", "c", "a", "d" }.Select(static text => $$"""{"series":"s","value":"{{text}}"}""")));
        Assert.Equal((3, 2), (report.Accepted, report.Rejected));
        Assert.Equal(2, harness.Source.Snapshot(0).Rejected["too_many_states"]);
        Assert.Contains("LiveDash:Limits:MaxStates", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Equal(1, harness.Feed(harness.Decoders.Json(), """{"series":"other","value":"c"}""").Accepted);
    }

    [Fact]
    public void Texts_PastTheBoundInAll_AreRefused()
    {
        var harness = new DecoderHarness(new Limits { MaxStatesInAll = 1 });
        Assert.Equal((1, 1), (Report("a").Accepted, Report("b").Rejected));

        IngestReport Report(string series) => harness.Feed(harness.Decoders.Json(), $$"""{"series":"{{series}}","value":"on"}""");
    }

    [Theory]
    [InlineData("", "bad_state")]
    [InlineData("a\\u0007", "bad_state")]
    [InlineData("\\u202Eevil", "bad_state")]
    [InlineData("12.5", "bad_value")]
    [InlineData("unavailable", "bad_value")]
    public void Json_TextThatCanBeNoState_IsRefused(string text, string reason)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), $$"""{"series":"s","value":"{{text}}"}""");
        Assert.Equal((0, 1), (report.Accepted, report.Rejected));
        Assert.Equal(reason, ReasonNames.Of(report.Errors.Single().Reason));
        // It was nothing yet, so numbers are welcome.
        Assert.Equal(1, harness.Feed(harness.Decoders.Json(), """{"series":"s","value":5}""").Accepted);
    }

    [Fact]
    public void Json_TextTooLong_NamesTheSetting()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), $$"""{"series":"s","value":"{{new string('x', 201)}}"}""");
        Assert.Contains("LiveDash:Limits:MaxStateBytes", report.Errors.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_UnavailableInASeriesOfStates_IsAState()
    {
        var harness = new DecoderHarness();
        Assert.Equal(2, harness.Feed(harness.Decoders.Json(), "{\"series\":\"s\",\"value\":\"on\"}\n{\"series\":\"s\",\"value\":\"unavailable\"}").Accepted);
    }

    [Fact]
    public void Json_ValueAndState_IsRefused()
    {
        var harness = new DecoderHarness();
        Assert.Equal(RejectReason.BadJson, harness.Feed(harness.Decoders.Json(), """{"series":"s","value":1,"state":"on"}""").Errors.Single().Reason);
    }

    [Fact]
    public void Texts_LeftOutBySetting_AreCountedAsTextFields()
    {
        var harness = new DecoderHarness();
        var decoders = new PointDecoders(new Admission(new Limits(), harness.Catalog, Options.Create(new IngestOptions { KeepText = false })));
        Assert.Equal((1, 1, 1), Of(harness.Feed(decoders.Influx(InfluxPrecision.Nanoseconds), "m f=1,t=\"on\"")));
        Assert.Equal((0, 1, 1), Of(harness.Feed(decoders.Json(), """{"series":"s","state":"on"}""")));
        Assert.Equal(2, harness.Source.Snapshot(0).Rejected["text_field"]);

        static (long, long, long) Of(IngestReport report) => (report.Accepted, report.Rejected, report.TextFields);
    }

    [Fact]
    public void Csv_Rows_AreNumbersAndStatesByColumnAndTags()
    {
        var harness = new DecoderHarness();
        var decoder = harness.Decoders.Csv(new CsvLineMap("plant", "time", ["site"], []), header: null);
        var report = harness.Feed(decoder, """
            time;site;rpm;state
            2025-01-01T00:00:00Z;a;1480;running
            2025-01-01T00:00:01Z;a;;"stopped; by hand"
            2025-01-01T00:00:02Z;b
            later;b;1;running
            """.ReplaceLineEndings("\n"), pieceSize: 7);
        Assert.Equal((3, 2), (report.Accepted, report.Rejected));
        Assert.Equal(["running", "stopped; by hand"], Words(harness, "plant.state{site=a}"));
        Assert.Contains(harness.Points, static point => point.StartsWith("plant.rpm{site=a}@", StringComparison.Ordinal) && point.EndsWith("=1480", StringComparison.Ordinal));
        Assert.Equal([RejectReason.BadLine, RejectReason.BadTime], report.Errors.Select(static error => error.Reason));
    }

    [Fact]
    public void Csv_BehindItsHeader_GoesOn()
    {
        var harness = new DecoderHarness();
        Assert.Equal(1, harness.Feed(harness.Decoders.Csv(new CsvLineMap("s", "", [], ["v"]), "t,v"), "x,2\n").Accepted);
        Assert.EndsWith("=2", Assert.Single(harness.Points), StringComparison.Ordinal);
        Assert.Contains("'w'", harness.Feed(harness.Decoders.Csv(new CsvLineMap("s", "", [], ["w"]), "t,v"), "x,2\n").Errors.Single().Detail, StringComparison.Ordinal);
        Assert.Contains("2 columns are called 'v'", harness.Feed(harness.Decoders.Csv(new CsvLineMap("s", "", [], []), "t,v,v"), "x,1,2\n").Errors.Single().Detail, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Words(DecoderHarness harness, string series)
    {
        Assert.True(SeriesKey.TryParse(series, out var key));
        return harness.Catalog.States.Find(key!)!.Texts;
    }
}
