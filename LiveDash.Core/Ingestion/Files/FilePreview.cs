using System.Text;
using System.Text.Json;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>What the beginning of a file says about it: its format, its columns, its first rows, and a guess at which column means what. Immutable.</summary>
/// <param name="Format">What it seems to be.</param>
/// <param name="Columns">The CSV header, the members of the first objects, or the properties of the first features; empty for points.</param>
/// <param name="Rows">The first rows, at most <see cref="MaxRows"/>.</param>
/// <param name="Guess">Which column means what.</param>
public sealed record FilePreview(ImportFormat Format, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, ImportMap Guess)
{
    /// <summary>How many rows are shown.</summary>
    public const int MaxRows = 6;

    private const int MaxCell = 200;
    private static readonly string[] s_pointMembers = ["id", "series", "tags", "t", "value", "pt"];

    /// <summary>Looks at a file's beginning.</summary>
    /// <param name="head">Its first bytes; 16 KiB are plenty.</param>
    /// <param name="fileName">Its name, which becomes the series where no column names one.</param>
    public static FilePreview Read(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        var first = head.TrimStart(" \t\r\n"u8);
        if (first is [(byte)'{' or (byte)'[', ..])
        {
            var at = first[0] == '{' && head.IndexOf("\"FeatureCollection\""u8) >= 0 ? GeoJsonPointDecoder.FindFeatures(head) : -1;
            return at > 0 ? ReadFeatures(head[at..], fileName) : ReadObjects(first, fileName);
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
        return new(ImportFormat.Csv, columns, cells, ImportGuess.Of(columns, cells, SeriesOf(fileName), located: false));
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
        var found = Objects(features).Select(static feature => feature.TryGetProperty("properties", out var properties) ? properties : default).ToList();
        var (columns, rows) = Table(found);
        return new(ImportFormat.GeoJson, columns, rows, ImportGuess.Of(columns, rows, SeriesOf(fileName), located: true));
    }

    // Points as POST /api/points takes them have no other member than these; whatever else are objects with names of their own.
    private static FilePreview ReadObjects(ReadOnlySpan<byte> head, string fileName)
    {
        var found = Objects(head[0] == '[' ? head[1..] : head);
        if (found.Count == 0 || found.TrueForAll(static one => one.TryGetProperty("series", out _) && one.EnumerateObject().All(static member => s_pointMembers.Contains(member.Name))))
        {
            return ReadLines(head, fileName);
        }

        var (columns, rows) = Table(found);
        return new(ImportFormat.Json, columns, rows, ImportGuess.Of(columns, rows, SeriesOf(fileName), located: false));
    }

    // The first whole objects, whatever stands between them.
    private static List<JsonElement> Objects(ReadOnlySpan<byte> text)
    {
        var found = new List<JsonElement>();
        while (found.Count < MaxRows)
        {
            text = text.TrimStart(" \t\r\n,"u8);
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            try
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !JsonDocument.TryParseValue(ref reader, out var json)) break;
                using (json) found.Add(json.RootElement.Clone());
            }
            catch (JsonException)
            {
                break;
            }

            text = text[(int)reader.BytesConsumed..];
        }

        return found;
    }

    private static (string[] Columns, List<string[]> Rows) Table(List<JsonElement> objects)
    {
        var columns = new List<string>();
        var found = new List<Dictionary<string, string>>();
        foreach (var one in objects)
        {
            var row = new Dictionary<string, string>();
            try
            {
                if (one.ValueKind == JsonValueKind.Object) foreach (var (name, text) in JsonCells.All(one)) row.TryAdd(name, text.Length > MaxCell ? text[..MaxCell] + "…" : text);
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: shown as far as it can be.
            }

            columns.AddRange(row.Keys.Where(name => !columns.Contains(name)));
            found.Add(row);
        }

        return ([.. columns], [.. found.Select(row => columns.Select(name => row.GetValueOrDefault(name, "")).ToArray())]);
    }

    private static FilePreview ReadLines(ReadOnlySpan<byte> head, string fileName)
    {
        var lines = Encoding.UTF8.GetString(head).Split('\n', MaxRows + 1, StringSplitOptions.RemoveEmptyEntries);
        return new(ImportFormat.Points, [], [.. lines.Take(MaxRows).Select(static line => new[] { line.Length > MaxCell ? line[..MaxCell] + "…" : line })], new ImportMap { Series = SeriesOf(fileName) });
    }
}
