using LiveDash.Core.Ingestion.Files;

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
    public StreamDecoder Json() => new PointJsonDecoder(admission, _json);

    /// <summary>A decoder of a file of points, for one import.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="map">Which column means what; needed unless it is <see cref="ImportFormat.Points"/>.</param>
    public StreamDecoder File(ImportFormat format, ImportMap map) => format switch
    {
        ImportFormat.Csv => new CsvPointDecoder(admission, map),
        ImportFormat.Json => new JsonRowDecoder(admission, map),
        ImportFormat.GeoJson => new GeoJsonPointDecoder(admission, map),
        _ => Json(),
    };
}
