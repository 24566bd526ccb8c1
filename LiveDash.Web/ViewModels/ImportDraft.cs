using System.Globalization;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>A file that was chosen, what its beginning shows, and which column means what, while it is being decided. Not thread-safe.</summary>
public sealed class ImportDraft(string name, long size, double modifiedMs, FilePreview preview)
{
    private readonly Dictionary<string, string> _columns = new()
    {
        ["seriesColumn"] = preview.Guess.SeriesColumn ?? "", ["time"] = preview.Guess.Time ?? "", ["value"] = preview.Guess.Values.FirstOrDefault() ?? "",
        ["x"] = preview.Guess.X ?? "", ["y"] = preview.Guess.Y ?? "",
    };

    /// <summary>The file's name.</summary>
    public string Name => name;

    /// <summary>Its length in bytes.</summary>
    public long Size => size;

    /// <summary>What it is.</summary>
    public ImportFormat Format => preview.Format;

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns => preview.Columns;

    /// <summary>Its first rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => preview.Rows;

    /// <summary>The series of rows that name none.</summary>
    public string Series { get; set; } = preview.Guess.Series;

    /// <summary>The column that names the series, or empty.</summary>
    public string SeriesColumn => this["seriesColumn"];

    /// <summary>What is wrong with the series, or null.</summary>
    public string? SeriesFault => SeriesColumn.Length > 0 || SeriesKey.TryParse(Series.Trim(), out _) ? null : "A series is name or name{tag=value}.";

    /// <summary>Further columns with values, each a series of its own.</summary>
    public IReadOnlyList<string> MoreValues { get; set; } = [];

    /// <summary>How times are written: a name of <see cref="TimeFormat"/> in lower case.</summary>
    public string TimeFormat { get; set; } = "auto";

    /// <summary>The decimal mark, or <c>auto</c>.</summary>
    public string Decimal { get; set; } = "auto";

    /// <summary>What stands between cells, or <c>auto</c>.</summary>
    public string Separator { get; set; } = "auto";

    /// <summary>Whether times before 2000 and ahead are meant.</summary>
    public bool AllowOld { get; set; }

    /// <summary>Whether rows kept before with another value are replaced.</summary>
    public bool Replace { get; set; }

    /// <summary>What must be said before the file can be read, or null.</summary>
    public string? Question => preview.Refusal ?? (TimeFormat == "auto" && Separator == "auto" ? preview.Question : null);

    /// <summary>What was found out about how the file is written: encoding, separator, timeFormat, decimal.</summary>
    public string Found(string what) => preview.Found.GetValueOrDefault(what, "");

    /// <summary>The column of a role, or empty.</summary>
    public string this[string role]
    {
        get => _columns[role];
        set => _columns[role] = value;
    }

    /// <summary>What a column may mean: its parameter's name, its label, and what holds without one.</summary>
    public static IEnumerable<(string Role, string Text, string Without)> Roles(ImportFormat format)
    {
        yield return ("seriesColumn", "Series by column", "no: one name for all rows");
        yield return ("time", "Time", "the file's own time");
        yield return ("value", "Value", "1 for every row");
        if (format == ImportFormat.GeoJson) yield break;
        yield return ("x", "x", "no location");
        yield return ("y", "y", "no location");
    }

    /// <summary>How times may be written, and how that is said.</summary>
    public static IReadOnlyList<(string Value, string Text)> TimeFormats { get; } =
    [
        ("iso", "ISO 8601, or year first"), ("dmy", "day, month, year"), ("mdy", "month, day, year"), ("compact", "yyyyMMdd, yyyyMMddHHmmss"), ("excel", "days of a spreadsheet"),
        ("s", "seconds since 1970"), ("ms", "milliseconds since 1970"), ("us", "microseconds since 1970"), ("ns", "nanoseconds since 1970"),
    ];

    /// <summary>What a column means now, in a word; empty for a column that is passed over.</summary>
    public string MeaningOf(string column) =>
        string.Join(", ", _columns.Where(one => one.Value == column).Select(static one => one.Key == "seriesColumn" ? "series" : one.Key));

    /// <summary>Where to post the file.</summary>
    public string Address()
    {
        var parts = new List<(string Name, string Value)>
        {
            ("format", preview.Format.ToString().ToLowerInvariant()), ("source", name), ("modified", modifiedMs.ToString("F0", CultureInfo.InvariantCulture)), ("series", Series.Trim()),
        };
        if (preview.Format == ImportFormat.Points) parts.RemoveAt(3);
        else parts.AddRange(_columns.Where(static one => one.Value.Length > 0).Select(static one => (one.Key, one.Value)));
        parts.AddRange(MoreValues.Where(column => column.Length > 0 && column != _columns["value"]).Select(static column => ("value", column)));
        foreach (var (parameter, value) in new[] { ("timeFormat", TimeFormat), ("decimal", Decimal), ("separator", Separator) })
        {
            if (value != "auto") parts.Add((parameter, value));
        }

        if (AllowOld) parts.Add(("allowOld", "true"));
        if (Replace) parts.Add(("replace", "true"));
        return "api/import?" + string.Join('&', parts.Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }
}
