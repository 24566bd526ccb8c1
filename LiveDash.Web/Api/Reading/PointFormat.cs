namespace LiveDash.Web.Api.Reading;

/// <summary>How points are written; the names in lower case are those of the parameter <c>format</c>.</summary>
internal enum PointFormat
{
    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>Binary columns; see docs/COLUMNS.md.</summary>
    Columns,

    /// <summary>An Apache Arrow IPC stream; see docs/COLUMNS.md.</summary>
    Arrow,
}
