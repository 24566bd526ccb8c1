using System.Globalization;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Guesses which column means what, by its name and by what its first cells hold. Pure.</summary>
internal static class ImportGuess
{
    private static readonly string[] s_time = ["t", "time", "timestamp", "datetime", "date", "ts", "when", "created_at", "year", "month"];
    private static readonly string[] s_value = ["value", "val", "v", "mag", "magnitude", "delay", "count", "amount"];
    private static readonly string[] s_x = ["x", "lon", "lng", "long", "longitude", "cx"];
    private static readonly string[] s_y = ["y", "lat", "latitude", "cy"];
    private static readonly string[] s_series = ["series", "metric"];

    /// <summary>The likeliest map.</summary>
    /// <param name="columns">The names.</param>
    /// <param name="rows">The first rows.</param>
    /// <param name="series">The series of rows that name none.</param>
    /// <param name="located">True where each row has a place besides its columns.</param>
    public static ImportMap Of(string[] columns, IReadOnlyList<string[]> rows, string series, bool located)
    {
        string? x = located ? null : Named(s_x, IsNumber), y = located ? null : Named(s_y, IsNumber);
        if (x is null || y is null) x = y = null;
        var time = Named(s_time, IsTime) ?? Holding(IsTime, name => EndsInWord(name, "date") || EndsInWord(name, "time"));
        string?[] taken = [x, y, time];
        // The first other column that holds numbers alone, but no key such as a zip code's.
        var value = Named(s_value, IsNumber) ?? Holding(IsNumber, name => !taken.Contains(name) && !IsKey(name)) ?? Named(s_value, static _ => true);
        return new ImportMap { Series = series, SeriesColumn = Named(s_series, static _ => true), Time = time, Values = value is null ? [] : [value], X = x, Y = y };

        string? Named(string[] names, Func<string, bool> good) =>
            names.Select(name => Array.Find(columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase) && Holds(column, good))).FirstOrDefault(static name => name is not null);

        string? Holding(Func<string, bool> good, Func<string, bool> wanted) => Array.Find(columns, column => wanted(column) && rows.Count > 0 && Holds(column, good));

        // Empty cells say nothing, unless all are; some bad ones are for the report of bad rows.
        bool Holds(string column, Func<string, bool> good)
        {
            var at = Array.IndexOf(columns, column);
            var cells = rows.Where(row => at < row.Length && row[at].Length > 0).Select(row => row[at]).ToList();
            return rows.Count == 0 || (cells.Count > 0 && cells.Count(cell => good(cell)) * 2 > cells.Count);
        }
    }

    private static readonly NumberColumn s_point = new(false);
    private static readonly NumberColumn s_comma = new(true);
    private static readonly TimeColumn s_iso = new(TimeFormat.Iso);
    private static readonly TimeColumn s_dayFirst = new(TimeFormat.Dmy);
    private static readonly TimeColumn s_monthFirst = new(TimeFormat.Mdy);

    private static bool IsNumber(string cell) => s_point.TryRead(cell, out _) || s_comma.TryRead(cell, out _);

    // A plain number is a time where it can be a year, an epoch time of this century or late in the last, or a spreadsheet's day.
    private static bool IsTime(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? cell.Length == 4 || number is >= 1e8 or (>= 2e4 and < 8e4)
        : s_iso.TryRead(cell, 0, out _) || s_dayFirst.TryRead(cell, 0, out _) || s_monthFirst.TryRead(cell, 0, out _);

    private static bool IsKey(string name) =>
        name.Contains("code", StringComparison.OrdinalIgnoreCase) || name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || name.Equals("index", StringComparison.OrdinalIgnoreCase);

    private static bool EndsInWord(string name, string word) =>
        name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (name.Length == word.Length || !char.IsLetterOrDigit(name[^(word.Length + 1)]) || char.IsUpper(name[^word.Length]));
}
