using System.IO.Pipelines;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>Makes decoders, and holds what those of one format share. Thread-safe.</summary>
public sealed class PointDecoders(Admission admission)
{
    // A few spellings per series: tags in another order, or spaced otherwise.
    private readonly SeriesByteCache _json = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    private readonly SeriesByteCache _influx = new(Math.Max(1024, admission.Limits.MaxSeries * 2));

    /// <summary>A decoder of InfluxDB line protocol, for one stream.</summary>
    /// <param name="precision">What a timestamp counts.</param>
    public StreamDecoder Influx(InfluxPrecision precision) => new InfluxLineDecoder(admission, _influx, precision);

    /// <summary>A decoder of NDJSON, a JSON array or one object, for one stream.</summary>
    /// <param name="unit">What a number in <c>t</c> counts.</param>
    public StreamDecoder Json(EpochUnit unit = EpochUnit.Ms) => new PointJsonDecoder(admission, _json, unit);

    /// <summary>Moves a file of points into a session, to its end.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="map">Which column means what; not looked at for <see cref="ImportFormat.Points"/>.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="session">Where the points go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it at once; what was read before is kept.</param>
    /// <exception cref="ImportQuestionException">The file can be read in more than one way; nothing was taken.</exception>
    /// <exception cref="QueueFullException">See <see cref="IngestSession.FlushAsync"/>.</exception>
    /// <exception cref="TooManyFaultsException">More rows were refused than <see cref="Limits.MaxFaults"/> allows.</exception>
    public Task ImportAsync(ImportFormat format, ImportMap map, PipeReader file, IngestSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        session.Replaces = map.Replace;
        return format == ImportFormat.Csv
            ? new CsvImport(admission, map).RunAsync(file.AsStream(leaveOpen: true), session, cancellationToken)
            : StreamPump.RunAsync(file, FileDecoder(format, map), session, admission.Limits, time, cancellationToken);
    }

    private StreamDecoder FileDecoder(ImportFormat format, ImportMap map) => format switch
    {
        ImportFormat.Json => new JsonRowDecoder(admission, map),
        ImportFormat.GeoJson => new GeoJsonPointDecoder(admission, map),
        _ => Json(),
    };
}
