using System.Text;
using System.Text.Json;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>What the beginning of a file says about it: its format, its columns, its first rows, and a guess at which column means what. Immutable.</summary>
/// <param name="Format">What it seems to be.</param>
/// <param name="Columns">The CSV header, or the properties of the first features; empty for points.</param>
/// <param name="Rows">The first rows, at most <see cref="MaxRows"/>.</param>
/// <param name="Guess">Which column means what.</param>
public sealed record FilePreview(ImportFormat Format, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, ImportMap Guess)
{
    /// <summary>How many rows are shown.</summary>
    public const int MaxRows = 6;

    private static readonly string[] s_time = ["t", "time", "timestamp", "datetime", "date", "ts", "when", "created_at"];
    private static readonly string[] s_value = ["value", "val", "v", "mag", "magnitude", "delay", "count", "amount"];
    private static readonly string[] s_x = ["x", "lon", "lng", "long", "longitude"];
    private static readonly string[] s_y = ["y", "lat", "latitude"];
    private static readonly string[] s_series = ["series", "metric"];

    /// <summary>Looks at a file's beginning.</summary>
    /// <param name="head">Its first bytes; 16 KiB are plenty.</param>
    /// <param name="fileName">Its name, which becomes the series where no column names one.</param>
    public static FilePreview Read(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        var first = head.TrimStart(" \t\r\n"u8);
        if (first is [(byte)'{' or (byte)'[', ..])
        {
            return GeoJsonPointDecoder.FindFeatures(head) is > 0 and var at ? ReadFeatures(head[at..], fileName) : ReadLines(head, fileName);
        }

        return ReadCsv(head, fileName);
    }

    /// <summary>A series name out of a file's name: what a name may not hold becomes an underscore.</summary>
    public static string SeriesOf(string fileName)
    {
        var name = Path.GetFileNameWithoutExtension(fileName);
        var clean = new StringBuilder();
        foreach (var c in name) clean.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        return clean.Length == 0 ? "import" : clean.ToString();
    }

    private static FilePreview ReadCsv(ReadOnlySpan<byte> head, string fileName)
    {
        var record = new CsvRecord();
        var rows = new List<string[]>();
        byte separator = 0;
        while (!head.IsEmpty && rows.Count <= MaxRows)
        {
            var end = EndOfRecord(head);
            // A last row without its end may be cut off.
            if (end < 0 && rows.Count > 0) break;
            var line = (end < 0 ? head : head[..end]).TrimEnd((byte)'\r');
            if (separator == 0) separator = CsvRecord.FindSeparator(line);
            record.Read(line, separator);
            rows.Add(record.ToTexts());
            head = end < 0 ? [] : head[(end + 1)..];
        }

        string[] columns = rows.Count == 0 ? [] : Array.ConvertAll(rows[0], static name => name.Trim());
        var cells = rows.Skip(1).ToList();
        return new(ImportFormat.Csv, columns, cells, Guessed(columns, cells, fileName, located: false));
    }

    private static int EndOfRecord(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '\n' && !quoted) return i;
        }

        return -1;
    }

    private static FilePreview ReadFeatures(ReadOnlySpan<byte> features, string fileName)
    {
        var found = new List<Dictionary<string, string>>();
        var columns = new List<string>();
        while (found.Count < MaxRows)
        {
            features = features.TrimStart(" \t\r\n,"u8);
            var reader = new Utf8JsonReader(features, isFinalBlock: false, default);
            try
            {
                if (!reader.Read() || !JsonDocument.TryParseValue(ref reader, out var json)) break;
                using (json)
                {
                    var row = new Dictionary<string, string>();
                    if (json.RootElement.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
                    {
                        foreach (var one in properties.EnumerateObject())
                        {
                            row[one.Name] = one.Value.ToString();
                            if (!columns.Contains(one.Name)) columns.Add(one.Name);
                        }
                    }

                    found.Add(row);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                break;
            }

            features = features[(int)reader.BytesConsumed..];
        }

        List<string[]> rows = [.. found.Select(row => columns.Select(name => row.GetValueOrDefault(name, "")).ToArray())];
        return new(ImportFormat.GeoJson, columns, rows, Guessed([.. columns], rows, fileName, located: true));
    }

    private static FilePreview ReadLines(ReadOnlySpan<byte> head, string fileName)
    {
        var lines = Encoding.UTF8.GetString(head).Split('\n', MaxRows + 1, StringSplitOptions.RemoveEmptyEntries);
        return new(ImportFormat.Points, [], [.. lines.Take(MaxRows).Select(static line => new[] { line.Length > 200 ? line[..200] + "…" : line })], new ImportMap { Series = SeriesOf(fileName) });
    }

    private static ImportMap Guessed(string[] columns, List<string[]> rows, string fileName, bool located)
    {
        string? x = located ? null : Named(s_x), y = located ? null : Named(s_y);
        var time = Named(s_time);
        string?[] taken = [x, y, time];
        // The first other column that holds numbers alone, but no key such as a zip code's.
        var value = Named(s_value) ?? columns.Where((name, i) => !taken.Contains(name) && !name.Contains("code", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith("id", StringComparison.OrdinalIgnoreCase) && rows.Count > 0 && rows.TrueForAll(row => i < row.Length && double.TryParse(row[i], System.Globalization.CultureInfo.InvariantCulture, out _))).FirstOrDefault();
        return new ImportMap { Series = SeriesOf(fileName), SeriesColumn = Named(s_series), Time = time, Value = value, X = x is null || y is null ? null : x, Y = x is null || y is null ? null : y };

        string? Named(string[] names) => names.Select(name => Array.Find(columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(static name => name is not null);
    }
}
