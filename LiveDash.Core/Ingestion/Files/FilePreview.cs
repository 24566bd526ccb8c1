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
    /// <summary>How the file seems to be written: encoding, separator, timeFormat, decimal; empty for JSON.</summary>
    public IReadOnlyDictionary<string, string> Found { get; private init; } = new Dictionary<string, string>();

    /// <summary>What must be said before it can be read, or null.</summary>
    public string? Question { get; private init; }

    /// <summary>Why it cannot be read at all, or null.</summary>
    public string? Refusal { get; private init; }

    /// <summary>How many rows are shown.</summary>
    public const int MaxRows = 6;

    private const int MaxCell = 200;
    private static readonly string[] s_pointMembers = ["id", "series", "tags", "t", "value", "pt"];

    /// <summary>Looks at a file's beginning.</summary>
    /// <param name="head">Its first bytes; 16 KiB are plenty.</param>
    /// <param name="fileName">Its name, which becomes the series where no column names one.</param>
    public static FilePreview Read(ReadOnlySpan<byte> head, string fileName)
    {
        if (FileSignature.Refusal(head) is { } refusal) return new(ImportFormat.Csv, [], [], new ImportMap { Series = SeriesOf(fileName) }) { Refusal = refusal };
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        var first = head.TrimStart(" \t\r\n"u8);
        if (first is [(byte)'{' or (byte)'[', ..])
        {
            try
            {
                return ReadJson(head, first, fileName);
            }
            catch (InvalidOperationException)
            {
                // A name that is no UTF-8, or holds half a surrogate pair: shown as it stands.
                return ReadLines(first, fileName);
            }
        }

        return ReadCsv(head, fileName);
    }

    /// <summary>Whether a character can stand between the cells of CSV.</summary>
    public static bool CanPart(char separator) => CsvText.CanPart(separator);

    private static FilePreview ReadJson(ReadOnlySpan<byte> head, ReadOnlySpan<byte> first, string fileName)
    {
        var at = first[0] == '{' ? GeoJsonHead.Find(head) : -1;
        if (at > 0 && Objects(head[at..]) is { } features && features.TrueForAll(IsFeature)) return ReadFeatures(features, fileName);
        var objects = first[0] == '{' ? Objects(first) : [];
        return objects.Count == 1 && (IsFeature(objects[0]) || IsGeometry(objects[0])) ? ReadFeatures(objects, fileName) : ReadObjects(first, fileName);
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
        var encoding = CsvText.EncodingOf(head);
        var text = CsvImport.Decode(encoding, head);
        var separator = CsvText.SeparatorOf(text, out var skip);
        // A last row without its end may be cut off.
        var end = text.AsSpan().LastIndexOfAny('\n', '\r');
        var rows = CsvImport.ReadRows(end > skip ? text[skip..(end + 1)] : text[skip..], separator, CsvImport.DecidingRows);
        string[] columns = rows.Count == 0 ? [] : Array.ConvertAll(rows[0], static name => name.Trim());
        var cells = rows.Skip(1).ToList();
        var guess = ImportGuess.Of(columns, cells, SeriesOf(fileName), located: false);
        var found = new Dictionary<string, string> { ["encoding"] = encoding.WebName, ["separator"] = separator == '\t' ? "tab" : separator.ToString() };
        var question = Decide(columns, guess, cells, separator, found);
        return new(ImportFormat.Csv, columns, [.. cells.Take(MaxRows)], guess) { Found = found, Question = question };
    }

    private static string? Decide(string[] columns, ImportMap guess, List<string[]> rows, char separator, Dictionary<string, string> found)
    {
        try
        {
            var decided = CsvColumns.Decide(columns, guess, rows, separator);
            if (guess.Time is not null) found["timeFormat"] = decided.Time.Format.ToString().ToLowerInvariant();
            if (decided.Numbers.Length > 0) found["decimal"] = decided.Numbers[0].Comma ? "," : ".";
            return null;
        }
        catch (ImportQuestionException question)
        {
            return question.Message;
        }
    }

    private static bool IsFeature(JsonElement one) => one.TryGetProperty("geometry", out _);

    private static bool IsGeometry(JsonElement one) =>
        one.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && (one.TryGetProperty("coordinates", out _) || one.TryGetProperty("geometries", out _));

    private static FilePreview ReadFeatures(List<JsonElement> features, string fileName)
    {
        var found = features.Select(static feature => feature.TryGetProperty("properties", out var properties) ? properties : default).ToList();
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
