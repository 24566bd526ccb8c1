namespace LiveDash.Core.Ingestion.Files;

/// <summary>What was decided over the first rows of a table: where the columns stand and how their cells are written. Immutable.</summary>
internal sealed class CsvColumns
{
    private readonly int _series;
    private readonly int _time;
    private readonly int _x;
    private readonly int _y;
    private readonly int[] _values;

    private CsvColumns(string[] names, ImportMap map, IReadOnlyList<string[]> rows, char separator)
    {
        Names = names;
        (_series, _time, _x, _y) = (Find(map.SeriesColumn), Find(map.Time), Find(map.X), Find(map.Y));
        _values = [.. map.Values.Select(Find)];
        // A comma that one column can only mean as a decimal mark is one in the others that do not tell, and so it is in files cut by semicolons.
        var comma = map.DecimalComma ?? (separator == ';' || _values.Append(_x).Append(_y).Any(at => rows.Any(row => NumberColumn.HasComma(Cell(row, at)))));
        Numbers = [.. _values.Select(at => map.DecimalComma is { } said ? new NumberColumn(said) : NumberColumn.Decide(Cells(rows, at), comma && rows.Any(row => Cell(row, at).Contains(','))))];
        Places = map.DecimalComma is { } asked ? new NumberColumn(asked) : NumberColumn.Decide(Cells(rows, _x).Concat(Cells(rows, _y)), comma && Cells(rows, _x).Any(static cell => cell.Contains(',')));
        Time = map.TimeFormat != TimeFormat.Auto ? new TimeColumn(map.TimeFormat) : map.Time is null ? new TimeColumn(TimeFormat.Iso) : TimeColumn.Decide(map.Time, Cells(rows, _time));
    }

    /// <summary>The header.</summary>
    public string[] Names { get; }

    /// <summary>How times are written.</summary>
    public TimeColumn Time { get; }

    /// <summary>How the values are written, column by column.</summary>
    public NumberColumn[] Numbers { get; }

    /// <summary>How locations are written.</summary>
    public NumberColumn Places { get; }

    /// <summary>Decides.</summary>
    /// <param name="names">The header.</param>
    /// <param name="map">What means what.</param>
    /// <param name="rows">The first rows.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <exception cref="ImportQuestionException">The time can be read in more than one way.</exception>
    public static CsvColumns Decide(string[] names, ImportMap map, IReadOnlyList<string[]> rows, char separator) => new(names, map, rows, separator);

    /// <summary>The columns that a map names.</summary>
    public static IEnumerable<string> Wanted(ImportMap map) => new[] { map.SeriesColumn, map.Time, map.X, map.Y }.OfType<string>().Concat(map.Values);

    /// <summary>What is wrong with a header, in words: a wanted column that it lacks, or has more than once. Null where nothing is.</summary>
    public static string? Fault(string[] names, IEnumerable<string> wanted)
    {
        var counts = names.CountBy(static name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var name in wanted)
        {
            var count = counts.GetValueOrDefault(name);
            if (count == 0) return $"No column is called '{name}'; there are {string.Join(", ", names)}.";
            if (count > 1) return $"{count} columns are called '{name}': which one is meant cannot be told, so none is taken. Rename all but one.";
        }

        return null;
    }

    /// <summary>Takes a row's cells.</summary>
    public void Fill(ImportCells cells, string[] row)
    {
        (cells.Series, cells.Time, cells.X, cells.Y) = (Cell(row, _series), Cell(row, _time), Cell(row, _x), Cell(row, _y));
        for (var i = 0; i < _values.Length; i++) cells.Values[i] = Cell(row, _values[i]);
    }

    private static string Cell(string[] row, int at) => at >= 0 && at < row.Length ? row[at] : "";

    private static IEnumerable<string> Cells(IReadOnlyList<string[]> rows, int at) => rows.Select(row => Cell(row, at));

    private int Find(string? name) => name is null ? -1 : Array.IndexOf(Names, name);
}
