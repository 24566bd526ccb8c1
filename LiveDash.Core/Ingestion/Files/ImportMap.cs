namespace LiveDash.Core.Ingestion.Files;

/// <summary>Which column of a CSV file, member of a JSON object, or property of a GeoJSON feature means what. Immutable; null where there is none.</summary>
public sealed record ImportMap
{
    /// <summary>The series every row belongs to, where no column names it: <c>name</c> or <c>name{tag=value}</c>.</summary>
    public required string Series { get; init; }

    /// <summary>The column that names each row's series.</summary>
    public string? SeriesColumn { get; init; }

    /// <summary>The column with the time: ISO 8601, epoch milliseconds, or a date as programs of the invariant culture write it (<c>2001/01/14 21:55</c>), in UTC.</summary>
    public string? Time { get; init; }

    /// <summary>The column with the value; without one every point's value is 1, so that a sum counts rows.</summary>
    public string? Value { get; init; }

    /// <summary>The column with x; a GeoJSON feature has its own.</summary>
    public string? X { get; init; }

    /// <summary>The column with y; a GeoJSON feature has its own.</summary>
    public string? Y { get; init; }

    /// <summary>The time of rows without one, in UTC ticks, or 0 for now. The file's own time makes a second import of it the same as the first.</summary>
    public long DefaultTicks { get; init; }

    /// <summary>
    /// What names the file: with the row's number it is the point's sender id, so that importing the same file again, after a cancelled import for
    /// instance, keeps each row once.
    /// </summary>
    public string FileId { get; init; } = "";
}
