using System.Globalization;
using LiveDash.Core.Ingestion.Decoding.Statsd;

namespace LiveDash.Tests.Core.Ingestion;

public sealed class StatsdDecoderTests
{
    private readonly DecoderHarness _harness = new();
    private StatsdAggregator? _aggregator;

    [Theory]
    [InlineData("hits:1|c\nhits:2|c", "hits=3")]
    [InlineData("hits:1|c|@0.1", "hits=10")]
    [InlineData("hits:-2|c", "hits=-2")]
    [InlineData("temp:20|g\ntemp:21.5|g", "temp=21.5")]
    [InlineData("temp:20|g\ntemp:+2|g\ntemp:-3|g", "temp=19")]
    [InlineData("users:a|s\nusers:b|s\nusers:a|s", "users=2")]
    [InlineData("hits:1|c|#shop:berlin,beta", "hits{beta=true,shop=berlin}=1")]
    [InlineData("hits:1|c|#shop:berlin|c:abc123\nhits:1|c|#shop:berlin", "hits{shop=berlin}=2")]
    [InlineData("hits:1:2:3|c", "hits=6")]
    [InlineData("hits:4|m", "hits=4")]
    public void Flush_OfAnInterval_IsOnePointASeries(string lines, string expected) => Assert.Equal([expected], Flushed(lines));

    [Fact]
    public void Flush_OfATimer_IsItsStatistics()
    {
        var values = Enumerable.Range(1, 100).Select(static v => (double)v).ToArray();
        var lines = string.Join('\n', values.Select(static v => string.Create(CultureInfo.InvariantCulture, $"t:{v}|ms")));
        var mean = values.Average();
        var std = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
        Assert.Equal(
            ["t.count=100", "t.mean=50.5", "t.min=1", "t.max=100", "t.sum=5050", "t.p50=50", "t.p90=90", "t.p95=95", "t.p99=99"],
            Flushed(lines).Where(static text => !text.StartsWith("t.std=", StringComparison.Ordinal)));
        Assert.Equal(std, Values("t.std"), 9);
    }

    [Fact]
    public void Flush_OfASampledTimer_ScalesCountAndSum()
    {
        Flushed("t:10|ms|@0.5\nt:20|h|@0.5");
        Assert.Equal((4, 60, 15), (Values("t.count"), Values("t.sum"), Values("t.mean")));
    }

    [Fact]
    public void Flush_OfATimerPastItsSample_IsExactInWhatNeedsNoSample()
    {
        Flushed(string.Join('\n', Enumerable.Range(0, 25_000).Select(static i => $"t:{i}|d")));
        Assert.Equal((25_000, 0, 24_999), (Values("t.count"), Values("t.min"), Values("t.max")));
        Assert.InRange(Values("t.p50"), 12_000, 13_000);
    }

    [Fact]
    public void Flush_TheNextInterval_WritesOnlyWhatItHeardOf()
    {
        Assert.Equal(["hits=1", "temp=20"], Flushed("hits:1|c\ntemp:20|g"));
        Assert.Equal(["temp=21"], Flushed("temp:+1|g"));
        Assert.Empty(Flushed(""));
    }

    [Fact]
    public void Decode_AValueWithItsOwnTime_IsAPointAtOnce()
    {
        var seconds = (DecoderHarness.Now - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - 5;
        _harness.Feed(_harness.Decoders.Statsd(_aggregator ??= _harness.Decoders.StatsdAggregator()), $"hits:7|c|T{seconds}");
        Assert.Equal(["hits@-50000000=7"], _harness.Points);
    }

    [Theory]
    [InlineData("hits", "bad_line")]
    [InlineData("hits:1", "bad_line")]
    [InlineData(":1|c", "bad_line")]
    [InlineData("hits:|c", "bad_line")]
    [InlineData("hits:x|c", "bad_value")]
    [InlineData("hits:nan|g", "not_finite")]
    [InlineData("hits:1e999|g", "not_finite")]
    [InlineData("hits:1|c|@2", "bad_value")]
    [InlineData("hits:1|zz", "unsupported")]
    [InlineData("_e{5,4}:title|text", "unsupported")]
    [InlineData("_sc|name|0", "unsupported")]
    [InlineData("a{b:1|c", "bad_name")]
    [InlineData("hits:1|c|Tsoon", "bad_time")]
    public void Decode_BadLine_IsCountedAndItsNeighboursAreKept(string line, string reason)
    {
        Assert.Equal(["ok=2"], Flushed($"ok:1|c\n{line}\nok:1|c"));
        Assert.Equal(1, _harness.Source.Snapshot(0).Rejected[reason]);
    }

    private double Values(string series) => double.Parse(
        _harness.Points.Last(p => p.StartsWith(series + "@", StringComparison.Ordinal)).Split('=')[^1], CultureInfo.InvariantCulture);

    // Without the time, which is the harness's own.
    private List<string> Flushed(string lines)
    {
        _aggregator ??= _harness.Decoders.StatsdAggregator();
        _harness.Feed(_harness.Decoders.Statsd(_aggregator), lines);
        var before = _harness.Points.Count;
        _harness.Run(session => _aggregator.Flush(DecoderHarness.Now, session));
        return [.. _harness.Points.Skip(before).Select(static p => p.Replace("@0=", "=", StringComparison.Ordinal))];
    }
}
