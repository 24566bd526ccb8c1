namespace LiveDash.Core.Ingestion.Files;

/// <summary>What a file of points is.</summary>
public enum ImportFormat
{
    /// <summary>NDJSON, a JSON array or one object, as <c>POST /api/points</c> takes it; needs no mapping.</summary>
    Points,

    /// <summary>Comma, semicolon or tab separated values after RFC 4180, with a line of names first.</summary>
    Csv,

    /// <summary>A GeoJSON FeatureCollection of Point features.</summary>
    GeoJson,

    /// <summary>JSON objects whose members have names of their own, in an array or one a line.</summary>
    Json,
}
