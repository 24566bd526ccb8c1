using LiveDash.Core.Ingestion;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LiveDash.Web.Diagnostics;

/// <summary>
/// Reads <see cref="OwnMetrics"/> with OpenTelemetry: as Prometheus text for <c>/metrics</c>, and where <c>LiveDash:Otlp:Export:Endpoint</c> names a receiver, by
/// OTLP over HTTP every <c>LiveDash:Otlp:Export:Interval</c>. Nothing is kept for a receiver that is away, since totals run on.
/// </summary>
internal static class OwnMetering
{
    // So many reasons of a source are told one by one.
    private const int Reasons = 8;

    // What comes past the limit of sources shares one account a kind.
    private const int Shared = 64;

    // How many values an instrument without sources has: states, generations, loops, workers.
    private const int Others = 200;

    /// <summary>The provider that collects; whoever scrapes at once shares one collection.</summary>
    public static MeterProvider Build(OwnMetrics metrics, IngestOptions ingest, IConfiguration configuration)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes([new("service.name", "livedash"), new("host.name", Environment.MachineName)]))
            .AddMeter(metrics.Meter)
            // The library makes room for as many values as an instrument may have.
            .AddView(instrument => new MetricStreamConfiguration { CardinalityLimit = Room(instrument.Name, ingest.MaxSources) })
            .AddPrometheusExporter(static options => (options.ScopeInfoEnabled, options.TargetInfoEnabled, options.ScrapeResponseCacheDurationMilliseconds) = (false, false, 0));
        var section = configuration.GetSection("LiveDash:Otlp:Export");
        if (Uri.TryCreate(section["Endpoint"], UriKind.Absolute, out var endpoint))
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)section.GetValue("Interval", TimeSpan.FromSeconds(15)).TotalMilliseconds;
            });
        }

        return builder.Build();
    }

    private static int Room(string instrument, int sources) => instrument switch
    {
        "livedash_source_rejected_total" or "livedash_source_dropped_total" => (sources + Shared) * Reasons,
        _ when instrument.StartsWith("livedash_source_", StringComparison.Ordinal) => sources + Shared,
        _ => Others,
    };
}
