using System.Diagnostics.Metrics;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Tests.Shared;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace LiveDash.Tests.Senders;

/// <summary>OpenTelemetry's own SDK for .NET as the sender, by each transport.</summary>
public sealed class OpenTelemetryTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, "own")]
    [InlineData(OtlpExportProtocol.HttpProtobuf, "own")]
    [InlineData(OtlpExportProtocol.HttpProtobuf, "main")]
    public async Task Exporter_OfTheSdk_Arrives(OtlpExportProtocol protocol, string port)
    {
        await using var app = await LiveApp.StartAsync(settings: [.. new[] { ListenerSpec.OtlpGrpc, ListenerSpec.OtlpHttp }.Select(static spec => $"--{ListenerBoard.Section(spec)}:Endpoint=127.0.0.1:0")]);
        var own = app.Listener(protocol == OtlpExportProtocol.Grpc ? ListenerSpec.OtlpGrpc : ListenerSpec.OtlpHttp);
        var address = port == "own" ? $"http://{own}/" : app.Address.ToString();
        using var meter = new Meter("shop" + Guid.NewGuid());
        var orders = meter.CreateCounter<long>("orders");
        var latency = meter.CreateHistogram<double>("latency", "ms");
        var wait = meter.CreateHistogram<double>("wait", "ms");
        meter.CreateObservableGauge("temp", static () => 21.5);
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name)
            .AddView("latency", new Base2ExponentialBucketHistogramConfiguration())
            .AddView("wait", new ExplicitBucketHistogramConfiguration { Boundaries = [1, 10, 100] })
            .AddOtlpExporter(options => (options.Protocol, options.Endpoint) = (protocol, new Uri(address + (protocol == OtlpExportProtocol.Grpc ? "" : "v1/metrics"))))
            .Build())
        {
            orders.Add(3, new KeyValuePair<string, object?>("city", "berlin"));
            latency.Record(5);
            latency.Record(50);
            wait.Record(5);
            Assert.True(provider.ForceFlush(30_000));
        }

        var series = await app.GetAsync("/api/series");
        foreach (var name in new[] { "orders{city=berlin,service.name=", "latency.p99{", "latency.count{", "wait.bucket{le=10,", "temp{" }) Assert.Contains(name, series, StringComparison.Ordinal);
        var sources = System.Text.Json.JsonDocument.Parse(await app.GetAsync("/api/sources")).RootElement.GetProperty("sources").EnumerateArray().Single(static one => one.GetProperty("kind").GetString() == "otlp");
        Assert.Equal("{}", sources.GetProperty("rejected").ToString());
    }
}
