using System.Text;
using System.Text.Json;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Geometry;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Csv;
using LiveDash.Core.Ingestion.Decoding.Graphite;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Mqtt;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;
using LiveDash.Core.Rules.Files;
using LiveDash.Core.Rules.Templates;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Tests.Core.Ingestion;
using LiveDash.Tests.Shared.Steps;

namespace LiveDash.Tests.Regressions;

/// <summary>Everything of the core that reads what others wrote, by name. Whatever they make of it, they come to an end.</summary>
internal static class ParserReaders
{
    private static readonly Dictionary<string, string> s_labels = Enumerable.Range(0, 16).ToDictionary(static i => $"label{i}", static i => $"value{i}");

    private static readonly Delivery s_delivery = new()
    {
        Key = "k", Channel = "c", RuleId = "r", Sequence = 1, MadeAt = 1,
        Notices = [new Notice { Episode = "e", Channel = "c", Kind = "firing", Number = 1, AlertId = "a", RuleId = "r", Rule = "hot", Series = "cpu", Message = "It is hot." }],
    };

    /// <summary>The readers of texts.</summary>
    public static Dictionary<string, Action<string>> Texts { get; } = new(StringComparer.Ordinal)
    {
        ["rule text"] = static text => RuleExpression.TryParse(text, out _, out _),
        ["PromQL"] = static text => PromQuery.TryParse(text, out _, out _),
        ["series pattern"] = static text => SeriesPattern.TryParse(text, out _),
        ["rule file"] = static text => RuleFileReader.Read(text, default),
        ["unit tests"] = static text => RuleTestReader.Read(text, default),
        ["series notation"] = static text => Try(() => SeriesNotation.Values(text)),
        ["template"] = static text => AlertTemplate.Fill(text, s_labels, 1),
        ["template check"] = static text => AlertTemplate.Check(text),
        ["channel template"] = static text => NoticeText.Fill(text, s_delivery),
        ["dashboard"] = static text => DashboardJson.Read(Encoding.UTF8.GetBytes(text), "a", out _),
        ["shape"] = static text => Try(() => GeoJson.Parse(JsonDocument.Parse(text).RootElement)),
        ["cron"] = static text => CronSchedule.TryParse(text, TimeZoneInfo.Utc, out _, out _),
        ["graphite template"] = static text => GraphiteTemplate.Parse(text),
        ["graphite path"] = static text => GraphiteTemplate.Parse("servers.* .host.zone.name*")!.Apply(text, []),
        ["matcher"] = static text => AlertMatcher.TryParse(text, out _),
        ["pattern"] = static text => Try(() => LinearPattern.Compile(text)),
        ["RE2"] = static text => Try(() => Re2Syntax.Anchored(text)),
        ["duration"] = static text => DurationText.TryParse(text, out _),
        ["window"] = static text => WindowSpec.TryParse(text, out _, out _),
        ["aggregate"] = static text => AggregateSpec.TryParse(text, out _, out _),
        ["former rule"] = static text => FormerRules.Read(text),
        ["audited text"] = static text => new AuditMask(new Dictionary<string, IReadOnlySet<string>>()).Of("dashboard", JsonSerializer.SerializeToUtf8Bytes(text)),
        ["time"] = static text => TimeText.TryParse(text, DecoderHarness.Now, out _),
    };

    /// <summary>The decoders of what senders send, and imports of files.</summary>
    public static Dictionary<string, Action<byte[]>> Bodies { get; } = new(StringComparer.Ordinal)
    {
        ["json"] = static body => Decode(body, static harness => harness.Decoders.Json()),
        ["line protocol"] = static body => Decode(body, static harness => harness.Decoders.Influx(InfluxPrecision.Nanoseconds)),
        ["graphite"] = static body => Decode(body, static harness => harness.Decoders.Graphite(harness.Decoders.GraphiteNames([GraphiteTemplate.Parse("servers.* .host.name*")!]))),
        ["pickle"] = static body => Decode(body, static harness => harness.Decoders.Pickle(harness.Decoders.GraphiteNames([]))),
        ["statsd"] = static body => Decode(body, static harness => harness.Decoders.Statsd(harness.Decoders.StatsdAggregator())),
        ["collectd"] = static body => Decode(body, static harness => harness.Decoders.Collectd()),
        ["collectd packets"] = static body => Decode(body, static harness => harness.Decoders.CollectdPackets()),
        ["exposition"] = static body => Decode(body, static harness => new ExpositionDecoder(Admission(harness), new ScrapeNames(Admission(harness), [new("job", "a")], [("__name__", LinearPattern.Compile("^(?:.*)$"))], []), isOpenMetrics: false)),
        ["otlp"] = static body => Decode(body, static harness => harness.Decoders.Otlp(harness.Decoders.OtlpNames(["service.name"]))),
        ["otlp json"] = static body => Decode(body, static harness => harness.Decoders.Otlp(harness.Decoders.OtlpNames(["service.name"]), isJson: true)),
        ["remote-write 1"] = static body => Decode(body, static harness => harness.Decoders.RemoteWrite(isVersion2: false)),
        ["remote-write 2"] = static body => Decode(body, static harness => harness.Decoders.RemoteWrite(isVersion2: true)),
        ["csv lines"] = static body => Decode(body, static harness => harness.Decoders.Csv(new CsvLineMap("a", "", [], []), null)),
        ["csv file"] = static body => Import(body, ImportFormat.Csv, new ImportMap { Series = "a", Values = ["v"] }),
        ["json file"] = static body => Import(body, ImportFormat.Json, new ImportMap { Series = "a", Values = ["v"] }),
        ["geojson file"] = static body => Import(body, ImportFormat.GeoJson, new ImportMap { Series = "a", SeriesColumn = "s" }),
        ["message"] = ReadMessage,
    };

    /// <summary>How many steps it takes to read a subject of a length, and how many bytes. Called in the copy whose steps are counted.</summary>
    public static long[] Measure(string subject, int length)
    {
        var (reader, _, make) = ParserSubjects.All[subject];
        var input = make(length);
        // What is made once, such as tables, is made by now.
        Read(reader, input);
        var (steps, bytes) = (StepMeter.Steps, GC.GetAllocatedBytesForCurrentThread());
        Read(reader, input);
        return [StepMeter.Steps - steps, GC.GetAllocatedBytesForCurrentThread() - bytes];
    }

    private static void Read(string reader, byte[] input)
    {
        if (Bodies.TryGetValue(reader, out var body)) body(input);
        else Texts[reader](Encoding.UTF8.GetString(input));
    }

    private static Admission Admission(DecoderHarness harness) => new(new Limits(), harness.Catalog);

    private static void Decode(byte[] body, Func<DecoderHarness, StreamDecoder> make)
    {
        var harness = new DecoderHarness();
        harness.Feed(make(harness), body);
    }

    private static void Import(byte[] body, ImportFormat format, ImportMap map)
    {
        var harness = new DecoderHarness();
        try
        {
            harness.Import(format, map, body);
        }
        catch (TooManyFaultsException)
        {
            // Given up, as it should be.
        }
    }

    private static void ReadMessage(byte[] body)
    {
        var harness = new DecoderHarness();
        var parts = new SourceParts(harness.Pipeline, null!, harness.Decoders, Admission(harness), harness.Catalog, null!, null!, null!, null!, new Limits(), harness.Time);
        var reader = new MessageReader(parts, new SourceValues(new MqttKind(), new Dictionary<string, string>()));
        harness.Run(session => reader.ReadAsync(body, "home/kitchen", session, default).AsTask().GetAwaiter().GetResult());
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception fault) when (fault is FormatException or GeometryException or JsonException or ArgumentException)
        {
            // Said to be wrong, in as many steps as it takes to see that.
        }
    }
}
