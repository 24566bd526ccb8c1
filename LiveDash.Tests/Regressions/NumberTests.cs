using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Tests.Core.Ingestion;

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
