using System.Text;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>A known series costs no memory a line: 10,000 lines cost what a few do.</summary>
public sealed class DecoderAllocationTests
{
    private const long Slack = 16 * 1024;

    [Fact]
    public void Json_TenThousandLines_AllocateAlmostNothing() => AssertFlat(
        harness => harness.Decoders.Json(),
        i => $$"""{"series":"cpu.load","tags":{"host":"web{{i % 50}}","zone":"a"},"t":"2025-01-01T00:00:0{{i % 10}}.123Z","value":{{i}}.25,"pt":[{{i}},2]}""");

    [Fact]
    public void Influx_TenThousandLines_AllocateAlmostNothing() => AssertFlat(
        harness => harness.Decoders.Influx(InfluxPrecision.Nanoseconds),
        i => $"cpu,host=web{i % 50} usage_user={i}.5,usage_idle={i}i 1735689600000000000");

    [Fact]
    public void InfluxStates_TenThousandLines_AllocateAlmostNothing() => AssertFlat(
        harness => harness.Decoders.Influx(InfluxPrecision.Nanoseconds),
        i => $"pump,site=web{i % 50} state=\"{(i % 3 == 0 ? "running" : "stopped")}\",rpm={i} 1735689600000000000");

    [Fact]
    public void Graphite_TenThousandLines_AllocateAlmostNothing()
    {
        LiveDash.Core.Ingestion.Decoding.Graphite.GraphiteNames? names = null;
        AssertFlat(harness => harness.Decoders.Graphite(names ??= harness.Decoders.GraphiteNames([])), i => $"servers.web{i % 50}.load;zone=a {i}.5 1735689600");
    }

    [Fact]
    public void Statsd_TenThousandLines_AllocateAlmostNothing()
    {
        LiveDash.Core.Ingestion.Decoding.Statsd.StatsdAggregator? aggregator = null;
        AssertFlat(harness => harness.Decoders.Statsd(aggregator ??= harness.Decoders.StatsdAggregator()), i => $"hits:{i}.5|c|@0.5|#host:web{i % 50}");
    }

    private static void AssertFlat(Func<DecoderHarness, StreamDecoder> create, Func<int, string> line)
    {
        var harness = new DecoderHarness();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => line(i) + "\n")));
        // Twice to warm up: the series, the pool's arrays, the compiled code.
        harness.Allocated(create(harness), bytes);
        harness.Allocated(create(harness), bytes);
        Assert.InRange(harness.Allocated(create(harness), bytes), 0, Slack);
    }
}
