using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Google.Protobuf;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Ingestion.Decoding.Otlp.Wire;

namespace LiveDash.Web.Diagnostics;

/// <summary>
/// Sends LiveDash's own metrics, the same that <c>/metrics</c> shows, to an OpenTelemetry receiver by OTLP over HTTP. Off unless <c>LiveDash:Otlp:Export:Endpoint</c> names one. A receiver that is away is logged once, and asked again at
/// the next interval; nothing is kept for it, since totals run on.
/// </summary>
internal sealed partial class OtlpExport(OwnMetrics metrics, IConfiguration configuration, LoopSupervisor loops, TimeProvider time, ILogger<OtlpExport> logger) : BackgroundService
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private readonly ulong _start = Nanoseconds(time);

    /// <summary>The exposition as a message.</summary>
    /// <param name="exposition">Prometheus text.</param>
    /// <param name="start">When totals began, in nanoseconds since 1970.</param>
    /// <param name="now">The clock, likewise.</param>
    internal static ExportMetricsServiceRequest Convert(string exposition, ulong start, ulong now)
    {
        var scope = new ScopeMetrics { Scope = new() { Name = "livedash" } };
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = new Dictionary<string, Metric>(StringComparer.Ordinal);
        foreach (var line in exposition.Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.Split(' ') is [_, _, var named, var type])
            {
                types[named] = type;
                continue;
            }

            var match = Sample().Match(line);
            if (!match.Success || !double.TryParse(match.Groups["value"].Value, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) continue;
            var name = match.Groups["name"].Value;
            var isSum = types.GetValueOrDefault(name) == "counter";
            if (!known.TryGetValue(name, out var metric))
            {
                metric = isSum ? new Metric { Name = name, Sum = new() { AggregationTemporality = 2, IsMonotonic = true } } : new Metric { Name = name, Gauge = new() };
                known.Add(name, metric);
                scope.Metrics.Add(metric);
            }

            var point = new NumberDataPoint { TimeUnixNano = now, StartTimeUnixNano = isSum ? start : 0, AsDouble = value };
            foreach (Match label in Label().Matches(match.Groups["labels"].Value))
            {
                point.Attributes.Add(new KeyValue { Key = label.Groups["key"].Value, Value = new() { StringValue = label.Groups["value"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) } });
            }

            (isSum ? metric.Sum.DataPoints : metric.Gauge.DataPoints).Add(point);
        }

        var resource = new Resource { Attributes = { Text("service.name", "livedash"), Text("host.name", Environment.MachineName) } };
        return new() { ResourceMetrics = { new ResourceMetrics { Resource = resource, ScopeMetrics = { scope } } } };
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var section = configuration.GetSection("LiveDash:Otlp:Export");
        return Uri.TryCreate(section["Endpoint"], UriKind.Absolute, out var endpoint)
            ? loops.RunAsync("otlp export", (loop, stop) => RunAsync(loop, endpoint, section.GetValue("Interval", TimeSpan.FromSeconds(15)), stop), stoppingToken)
            : Task.CompletedTask;
    }

    private async Task RunAsync(BackgroundLoop loop, Uri endpoint, TimeSpan interval, CancellationToken stoppingToken)
    {
        using var client = new HttpClient { Timeout = s_timeout };
        using var timer = new PeriodicTimer(interval, time);
        var failing = false;
        do
        {
            loop.Turn();
            try
            {
                using var body = new ByteArrayContent(Convert(metrics.Write(), _start, Nanoseconds(time)).ToByteArray());
                body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                using var answer = await client.PostAsync(endpoint, body, stoppingToken);
                answer.EnsureSuccessStatusCode();
                failing = false;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stoppingToken.IsCancellationRequested)
            {
                if (!failing) LogFailed(logger, endpoint, e.Message);
                failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static KeyValue Text(string key, string value) => new() { Key = key, Value = new() { StringValue = value } };

    private static ulong Nanoseconds(TimeProvider time) => (ulong)(time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;

    [GeneratedRegex("""^(?<name>[A-Za-z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)""")]
    private static partial Regex Sample();

    [GeneratedRegex("(?<key>\\w+)=\"(?<value>(?:\\\\.|[^\"\\\\])*)\"")]
    private static partial Regex Label();

    [LoggerMessage(6201, LogLevel.Warning, "Own metrics do not reach {Endpoint}; the next failures in a row are not logged: {Error}")]
    private static partial void LogFailed(ILogger logger, Uri endpoint, string error);
}
