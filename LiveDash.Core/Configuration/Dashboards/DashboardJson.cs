using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// A dashboard as JSON, for the store and for people to keep and share:
/// <c>{"version":1,"name":"Web","tiles":[{"id":"a","kind":"chart","title":"","series":["cpu.*"],"window":"5m","x":0,"y":0,"w":6,"h":4}]}</c>.
/// Reading names the field of every error; the id is not part of it, since an imported one gets its own.
/// </summary>
public static class DashboardJson
{
    /// <summary>The longest text that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    // The text is shown and downloaded, never put into HTML unescaped: names stay readable.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it as indented UTF-8.</summary>
    public static byte[] Write(Dashboard dashboard)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("name", dashboard.Name);
            json.WriteStartArray("tiles");
            foreach (var tile in dashboard.Tiles) Write(json, tile);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads it; null with at least one error where anything is wrong.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="id">The id that the dashboard gets.</param>
    /// <param name="errors">Every error found, in the order of the text.</param>
    public static Dashboard? Read(ReadOnlyMemory<byte> utf8, string id, out IReadOnlyList<DashboardError> errors)
    {
        var found = new List<DashboardError>();
        errors = found;
        if (utf8.Length > MaxBytes)
        {
            found.Add(new("", $"The text is longer than {MaxBytes:N0} bytes."));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var dashboard = Read(document.RootElement, id, found);
            return found.Count == 0 ? DashboardLayout.Compact(dashboard) : null;
        }
        catch (JsonException exception)
        {
            found.Add(new("", $"This is not JSON: line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}."));
            return null;
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that is not UTF-8 or holds half a surrogate pair.
            found.Add(new("", "A text in it is not valid Unicode."));
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, DashboardTile tile)
    {
        json.WriteStartObject();
        json.WriteString("id", tile.Id);
        json.WriteString("kind", tile.Kind.ToString().ToLowerInvariant());
        json.WriteString("title", tile.Title);
        json.WriteStartArray("series");
        foreach (var series in tile.Series) json.WriteStringValue(series);
        json.WriteEndArray();
        if (tile.Window is not null) json.WriteString("window", tile.Window);
        if (tile.Aggregate is not null) json.WriteString("aggregate", tile.Aggregate);
        if (tile.Plot is not null) json.WriteString("plot", tile.Plot);
        if (tile.Span is { } span) json.WriteString("span", DurationText.Format(span));
        json.WriteNumber("x", tile.X);
        json.WriteNumber("y", tile.Y);
        json.WriteNumber("w", tile.W);
        json.WriteNumber("h", tile.H);
        json.WriteEndObject();
    }

    private static Dashboard Read(JsonElement root, string id, List<DashboardError> errors)
    {
        var dashboard = new Dashboard { Id = id, Name = "" };
        var fields = new JsonFields(root, "", errors);
        if (!fields.IsObject) return dashboard;
        fields.AllowOnly("version", "name", "tiles");
        if (fields.Integer("version", 1, 1, 1) != 1) return dashboard;
        var name = fields.Text("name", null, Dashboard.MaxName).Trim();
        if (name.Length == 0 && errors.Count == 0) errors.Add(new("name", "A dashboard needs a name."));
        var tiles = new List<DashboardTile>();
        foreach (var (element, path) in fields.Items("tiles", Dashboard.MaxTiles))
        {
            var tile = DashboardTileJson.Read(element, path, errors);
            if (tiles.Exists(other => other.Id == tile.Id)) errors.Add(new(path + ".id", $"'{tile.Id}' stands twice."));
            tiles.Add(tile);
        }

        return dashboard with { Name = name, Tiles = tiles };
    }
}
