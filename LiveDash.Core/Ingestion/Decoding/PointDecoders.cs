using System.Buffers;
using System.IO.Pipelines;
using LiveDash.Core.Ingestion.Decoding.Collectd;
using LiveDash.Core.Ingestion.Decoding.Csv;
using LiveDash.Core.Ingestion.Decoding.Graphite;
using LiveDash.Core.Ingestion.Decoding.Otlp;
using LiveDash.Core.Ingestion.Decoding.Prometheus;
using LiveDash.Core.Ingestion.Decoding.Statsd;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Makes decoders, and holds what those of one format share. Thread-safe.</summary>
public sealed class PointDecoders(Admission admission)
{
    // A few spellings per series: tags in another order, or spaced otherwise.
    private readonly SeriesByteCache _json = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    private readonly SeriesByteCache _jsonStates = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    private readonly SeriesByteCache _influxStates = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    private readonly SeriesByteCache _influx = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    // Versions 1 and 2 build the same keys.
    private readonly SeriesByteCache _remoteWrite = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    private readonly CollectdNames _collectd = new(admission);

    /// <summary>A decoder of InfluxDB line protocol, for one stream.</summary>
    /// <param name="precision">What a timestamp counts.</param>
    public StreamDecoder Influx(InfluxPrecision precision) => new InfluxLineDecoder(admission, _influx, _influxStates, precision);

    /// <summary>A decoder of NDJSON, a JSON array or one object, for one stream.</summary>
    /// <param name="unit">What a number in <c>t</c> counts.</param>
    public StreamDecoder Json(EpochUnit unit = EpochUnit.Ms) => new PointJsonDecoder(admission, _json, _jsonStates, unit);

    /// <summary>What Graphite's decoders share.</summary>
    /// <param name="templates">From names to tags; the first that matches counts.</param>
    public GraphiteNames GraphiteNames(IReadOnlyList<GraphiteTemplate> templates) => new(admission, templates);

    /// <summary>A decoder of Graphite's plaintext protocol, for one stream.</summary>
    public StreamDecoder Graphite(GraphiteNames names) => new GraphiteLineDecoder(admission, names);

    /// <summary>A decoder of Graphite's pickle protocol, for one stream.</summary>
    public StreamDecoder Pickle(GraphiteNames names) => new PickleDecoder(admission, names);

    /// <summary>What StatsD's decoders add to.</summary>
    public StatsdAggregator StatsdAggregator() => new(admission);

    /// <summary>A decoder of StatsD lines, for one stream.</summary>
    public StreamDecoder Statsd(StatsdAggregator aggregator) => new StatsdDecoder(admission, aggregator);

    /// <summary>What OTLP's decoders share.</summary>
    /// <param name="resourceAttributes">The attributes of a resource that become tags.</param>
    public OtlpNames OtlpNames(IEnumerable<string> resourceAttributes) => new(admission, resourceAttributes);

    /// <summary>A decoder of one body of OTLP metrics.</summary>
    public StreamDecoder Otlp(OtlpNames names, bool isJson = false) => isJson ? new OtlpJsonDecoder(names) : new OtlpDecoder(names);

    /// <summary>A decoder of one body of Prometheus' remote-write.</summary>
    internal RemoteWriteDecoder RemoteWrite(bool isVersion2) => new(admission, _remoteWrite, isVersion2);

    /// <summary>A decoder of rows of CSV, one a line.</summary>
    /// <param name="map">Which column means what.</param>
    /// <param name="header">The header, where the stream begins behind it; null where it comes first.</param>
    public StreamDecoder Csv(CsvLineMap map, string? header) => new CsvLineDecoder(admission, map, header);

    /// <summary>A decoder of what collectd's write_http sends.</summary>
    public StreamDecoder Collectd() => new CollectdDecoder(admission, _collectd);

    /// <summary>A decoder of the datagrams of collectd's plugin network.</summary>
    public StreamDecoder CollectdPackets() => new CollectdPacketDecoder(admission, _collectd);

    /// <summary>A reader of single objects, for who cuts lines himself.</summary>
    internal JsonPointParser JsonParser() => new(admission, _json, _jsonStates);

    /// <summary>Moves a file of points into a session, to its end.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="map">Which column means what; of <see cref="ImportFormat.Points"/> only which old times and which unit of numbers are meant.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="session">Where the points go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it at once; what was read before is kept.</param>
    /// <exception cref="ImportQuestionException">The file can be read in more than one way; nothing was taken.</exception>
    /// <exception cref="NoTextException">The file is an archive or another that holds no text; nothing was taken.</exception>
    /// <exception cref="QueueFullException">See <see cref="IngestSession.FlushAsync"/>.</exception>
    /// <exception cref="TooManyFaultsException">More rows were refused than <see cref="Limits.MaxFaults"/> allows.</exception>
    /// <exception cref="TimeoutException">The sender said nothing for too long.</exception>
    public async Task ImportAsync(ImportFormat format, ImportMap map, PipeReader file, IngestSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        session.Replaces = map.Replace;
        var head = await StreamPump.ReadHeadAsync(file, FileSignature.Length, admission.Limits, time, cancellationToken).ConfigureAwait(false);
        var refusal = FileSignature.Refusal(head.Buffer.Slice(0, Math.Min(FileSignature.Length, head.Buffer.Length)).ToArray());
        file.AdvanceTo(head.Buffer.Start);
        if (refusal is not null) throw new NoTextException(refusal);
        if (format == ImportFormat.Csv) await new CsvImport(admission, map).RunAsync(file.AsStream(leaveOpen: true), session, cancellationToken).ConfigureAwait(false);
        else await StreamPump.RunAsync(file, FileDecoder(format, map), session, admission.Limits, time, cancellationToken).ConfigureAwait(false);
    }

    private StreamDecoder FileDecoder(ImportFormat format, ImportMap map) => format switch
    {
        ImportFormat.Json => new JsonRowDecoder(admission, map),
        ImportFormat.GeoJson => new GeoJsonPointDecoder(admission, map),
        // Among points only the unit of numbers is open: everything else says how it is written.
        _ => new PointJsonDecoder(
            admission, _json, _jsonStates,
            map.TimeFormat switch { TimeFormat.S => EpochUnit.S, TimeFormat.Us => EpochUnit.Us, TimeFormat.Ns => EpochUnit.Ns, _ => EpochUnit.Ms }, map.AllowOld),
    };
}
