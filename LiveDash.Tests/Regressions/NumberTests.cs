using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Tests.Core.Ingestion;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Regressions;

/// <summary>Whole numbers beyond 2^53, and epoch times in units that nobody named.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("{\"series\":\"big\",\"value\":9007199254740993}\n{\"series\":\"big\",\"value\":-9223372036854775807}\n", false)]
    [InlineData("big value=9007199254740993i\nbig value=-9223372036854775807i\n", true)]
    public void Decode_WholeNumberBeyond2To53_IsTheNearestDoubleAndToldOnceASeries(string text, bool influx)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(influx ? harness.Decoders.Influx(InfluxPrecision.Nanoseconds) : harness.Decoders.Json(), text);
        Assert.Equal(["big@0=9007199254740992", "big@0=-9.223372036854776E+18"], harness.Points);
        Assert.Contains("2^53", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Empty(harness.Feed(influx ? harness.Decoders.Influx(InfluxPrecision.Nanoseconds) : harness.Decoders.Json(), text).Warnings);
    }

    [Fact]
    public void Influx_WideNumberOfARefusedLine_IsNotToldOfTheNextLine()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), "big value=9007199254740993i,b=x\nok value=1\n");
        Assert.Equal(["ok@0=1"], harness.Points);
        Assert.Empty(report.Warnings);
        Assert.Empty(harness.Source.Snapshot(DecoderHarness.Now).Notes);
    }

    [Fact]
    public void Decode_WideNumberOfAnyFormat_IsAmongTheSourcesNotesOnceASeries()
    {
        foreach (var feed in new Action<DecoderHarness>[]
        {
            static harness => harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), "big value=9007199254740993i\nbig value=9007199254740993i\n"),
            static harness => harness.Feed(harness.Decoders.Graphite(harness.Decoders.GraphiteNames([])), "big 9007199254740993\nbig 9007199254740995\n"),
            static harness => harness.Feed(harness.Decoders.Pickle(harness.Decoders.GraphiteNames([])), [0, 0, 0, 41, .. "(lp0\n(S'big'\n(I-1\nL9007199254740993L\ntta."u8]),
            static harness => harness.Feed(harness.Decoders.Collectd(), "[{\"values\":[9007199254740993],\"plugin\":\"big\",\"type\":\"big\"}]"),
            static harness => harness.Feed(harness.Decoders.Json(), "{\"series\":\"big\",\"value\":9007199254740993}"),
            static harness => harness.Import(ImportFormat.Csv, new ImportMap { Series = "big", Values = ["v"], FileId = "f" }, "v\n9007199254740993\n9007199254740993\n"u8.ToArray()),
        })
        {
            var harness = new DecoderHarness();
            feed(harness);
            Assert.StartsWith("big: the whole number 9007199254740992 is beyond 2^53", Assert.Single(harness.Source.Snapshot(DecoderHarness.Now).Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_WideNumber_IsToldByTheSourceAndTheLog()
    {
        using var log = new LogRecorder();
        await using var app = await LiveApp.StartAsync(builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Information));
        using var answer = await app.Client.PostAsync("/write?precision=s", new StringContent("big value=9007199254740993i"));
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("big: the whole number 9007199254740992 is beyond 2^53", await app.Client.GetStringAsync("/api/sources"), StringComparison.Ordinal);
        Assert.Contains(log.Lines, static line => line.Contains("big: the whole number 9007199254740992 is beyond 2^53", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"series\":\"a\",\"value\":1,\"t\":1764000000}", "timeFormat=s")]
    [InlineData("{\"series\":\"a\",\"value\":1,\"t\":1764000000.5}", "timeFormat=s")]
    [InlineData("{\"series\":\"a\",\"value\":1,\"t\":\"1969-07-20\"}", "1969-07-20")]
    public void ImportPoints_TimeBefore2000_IsToldByReasonAndNeedsAYes(string line, string told)
    {
        var (harness, map) = (new DecoderHarness(), new ImportMap { Series = "" });
        var report = harness.Import(ImportFormat.Points, map, System.Text.Encoding.UTF8.GetBytes(line + "\n{\"series\":\"a\",\"value\":2,\"t\":\"2025-11-01\"}"));
        Assert.Equal((1, RejectReason.Before2000), (report.Accepted, Assert.Single(report.Errors).Reason));
        Assert.Contains(told, report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Contains("allowOld=true", report.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Equal(2, harness.Import(ImportFormat.Points, map with { AllowOld = true }, System.Text.Encoding.UTF8.GetBytes(line + "\n{\"series\":\"a\",\"value\":2,\"t\":\"2126-11-01\"}")).Accepted);
        Assert.Empty(harness.Feed(harness.Decoders.Json(), line).Errors);
    }

    [Theory]
    [InlineData("1762684800,5", 1762684800.5)]
    [InlineData("1762684800.5", 1762684800.5)]
    [InlineData("176268480,25", 176268480.25)]
    [InlineData("1.5", 1.5)]
    [InlineData("1,762684800", null)]
    [InlineData("17626848,5", null)]
    [InlineData("1,762,684,800", null)]
    public void TimeColumn_NumberWithAComma_HasDecimalsOnlyBehindAWholeTime(string cell, double? seconds)
    {
        var isTime = new TimeColumn(TimeFormat.S).TryRead(cell, 0, out var ticks);

        Assert.Equal(seconds is not null, isTime);
        if (seconds is { } since) Assert.Equal(DateTime.UnixEpoch.AddSeconds(since).Ticks, ticks);
    }

    [Fact]
    public void ImportPoints_UnitSaid_IsThatTime()
    {
        var harness = new DecoderHarness();
        harness.Import(ImportFormat.Points, new ImportMap { Series = "", TimeFormat = TimeFormat.S }, "{\"series\":\"a\",\"value\":1,\"t\":1764000000}"u8.ToArray());
        Assert.Equal($"a@{DateTime.UnixEpoch.AddSeconds(1764000000).Ticks - DecoderHarness.Now}=1", harness.Points.Single());
    }

    [Theory]
    [InlineData("{\"series\":\"big\",\"value\":9007199254740992}")]
    [InlineData("{\"series\":\"big\",\"value\":1e300}")]
    [InlineData("{\"series\":\"big\",\"value\":18014398509481984}")]
    public void Decode_NumberThatADoubleHolds_IsNoWarning(string text)
    {
        var harness = new DecoderHarness();
        Assert.Empty(harness.Feed(harness.Decoders.Json(), text).Warnings);
    }

    [Theory]
    [InlineData(EpochUnit.S, "1764000000")]
    [InlineData(EpochUnit.S, "1764000000.0")]
    [InlineData(EpochUnit.Ms, "1764000000000")]
    [InlineData(EpochUnit.Us, "1764000000000000")]
    [InlineData(EpochUnit.Ns, "1764000000000000000")]
    [InlineData(EpochUnit.Auto, "1764000000")]
    [InlineData(EpochUnit.Auto, "1764000000000")]
    [InlineData(EpochUnit.Auto, "1764000000000000")]
    [InlineData(EpochUnit.Auto, "1764000000000000000")]
    public void Decode_EpochInItsUnit_IsThatTime(EpochUnit unit, string number)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(unit), $"{{\"series\":\"a\",\"value\":1,\"t\":{number}}}");
        Assert.Equal($"a@{DateTime.UnixEpoch.AddSeconds(1764000000).Ticks - DecoderHarness.Now}=1", harness.Points.Single());
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Decode_AllTimesBefore2000_NamesTheUnitTheyLookLike()
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.Json(), "{\"series\":\"a\",\"value\":1,\"t\":1764000000}\n{\"series\":\"a\",\"value\":1,\"t\":1764000001}");
        Assert.Contains("timeUnit=s", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Empty(harness.Feed(harness.Decoders.Json(), "{\"series\":\"a\",\"value\":1,\"t\":1764000000}\n{\"series\":\"a\",\"value\":1,\"t\":1764000001000}").Warnings);
    }

    [Theory]
    [InlineData("m v=+-5")]
    [InlineData("m v=+-5i")]
    [InlineData("m v=--5")]
    [InlineData("m v=5_000")]
    [InlineData("m v=0x10")]
    [InlineData("m v=1e")]
    [InlineData("m v=+")]
    public void Decode_WhatIsNoNumber_IsRefused(string line)
    {
        var harness = new DecoderHarness();
        Assert.Equal(RejectReason.BadValue, harness.Feed(harness.Decoders.Influx(InfluxPrecision.Nanoseconds), line).Errors.Single().Reason);
    }
}
