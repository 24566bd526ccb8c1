using System.Globalization;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>A file that was chosen, what its beginning shows, and which column means what, while it is being decided. Not thread-safe.</summary>
public sealed class ImportDraft(string name, long size, double modifiedMs, FilePreview preview)
{
    private readonly Dictionary<string, string> _columns = new()
    {
        ["seriesColumn"] = preview.Guess.SeriesColumn ?? "", ["time"] = preview.Guess.Time ?? "", ["value"] = preview.Guess.Value ?? "",
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
        return "/api/import?" + string.Join('&', parts.Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }
}
