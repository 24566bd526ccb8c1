namespace LiveDash.Core.Ingestion.Files;

/// <summary>How the times of an import are written.</summary>
public enum TimeFormat
{
    /// <summary>Found out over the column's first thousand cells.</summary>
    Auto,

    /// <summary>ISO 8601, a year, or year first with slashes or dots; month names too.</summary>
    Iso,

    /// <summary>Day, month, year.</summary>
    Dmy,

    /// <summary>Month, day, year.</summary>
    Mdy,

    /// <summary>Digits alone: yyyyMMdd, yyyyMMddHHmm, yyyyMMddHHmmss.</summary>
    Compact,

    /// <summary>Days since 1899-12-30, as spreadsheets keep them.</summary>
    Excel,

    /// <summary>Seconds since 1970.</summary>
    S,

    /// <summary>Milliseconds since 1970.</summary>
    Ms,

    /// <summary>Microseconds since 1970.</summary>
    Us,

    /// <summary>Nanoseconds since 1970.</summary>
    Ns,
}
