namespace LiveDash.Core.Ingestion.Files;

/// <summary>Which column of a CSV file, member of a JSON object, or property of a GeoJSON feature means what, and how it is written. Immutable; null where there is none.</summary>
public sealed record ImportMap
{
    /// <summary>The series every row belongs to, where no column names it: <c>name</c> or <c>name{tag=value}</c>.</summary>
    public required string Series { get; init; }

    /// <summary>The column that names each row's series.</summary>
    public string? SeriesColumn { get; init; }

    /// <summary>The column with the time.</summary>
    public string? Time { get; init; }

    /// <summary>
    /// The columns with values; with none every point's value is 1, so that a sum counts rows. With several each is a series of its own, the column's name
    /// behind the series' own.
    /// </summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The column with x; a GeoJSON feature has its own.</summary>
    public string? X { get; init; }

    /// <summary>The column with y; a GeoJSON feature has its own.</summary>
    public string? Y { get; init; }

    /// <summary>How times are written.</summary>
    public TimeFormat TimeFormat { get; init; }

    /// <summary>Whether numbers have a decimal comma; null to find out, column by column.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>What stands between the cells of CSV; null to find out.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether times before 2000, and times further ahead than <see cref="Model.Limits.MaxAhead"/>, are meant and taken.</summary>
    public bool AllowOld { get; init; }

    /// <summary>Whether a row that was kept before with another value takes its place.</summary>
    public bool Replace { get; init; }

    /// <summary>The time of rows without one, in UTC ticks, or 0 for now. The file's own time makes a second import of it the same as the first.</summary>
    public long DefaultTicks { get; init; }

    /// <summary>
    /// What names the file: with the row's number it is the point's sender id, so that importing the same file again, after a cancelled import for
    /// instance, keeps each row once. Of rows without a time their values are a part of it, too.
    /// </summary>
    public string FileId { get; init; } = "";
}
