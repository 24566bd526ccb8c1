using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// A dashboard as JSON, for the store and for people to keep and share:
/// <c>{"version":2,"name":"Web","panels":[{"id":"a","kind":"chart","title":"","series":["cpu.*"],"window":"5m","x":0,"y":0,"w":6,"h":4}]}</c>.
/// Variables, where there are any, stand in <c>variables</c>. An entry of <c>series</c> with an aggregate or a window of its own is <c>{"series":"cpu.*","aggregate":"max","window":"1m"}</c>. Reading names the field of every error; version 1, which called panels <c>tiles</c>, is still read; the id is not part of it, since an imported one gets its own.
/// </summary>
public static class DashboardJson
{
    /// <summary>The longest text that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int Version = 2;

    // The text is shown and downloaded, never put into HTML unescaped: names stay readable.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it as indented UTF-8.</summary>
    public static byte[] Write(Dashboard dashboard)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("name", dashboard.Name);
            if (dashboard.Folder.Length > 0) json.WriteString("folder", dashboard.Folder);
            if (dashboard.KnownSeries is { } known) json.WriteNumber("knownSeries", known);
            if (dashboard.Variables.Count > 0)
            {
                json.WriteStartArray("variables");
                foreach (var variable in dashboard.Variables) DashboardVariableJson.Write(json, variable);
                json.WriteEndArray();
            }

            json.WriteStartArray("panels");
            foreach (var panel in dashboard.Panels) Write(json, panel);
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

    private static void Write(Utf8JsonWriter json, DashboardPanel panel)
    {
        json.WriteStartObject();
        json.WriteString("id", panel.Id);
        json.WriteString("kind", panel.Kind.ToString().ToLowerInvariant());
        json.WriteString("title", panel.Title);
        json.WriteStartArray("series");
        for (var i = 0; i < panel.Series.Count; i++) WriteEntry(json, panel.Series[i], panel.QueryAt(i));
        json.WriteEndArray();
        if (panel.Expression is { } expression)
        {
            json.WriteString("expr", expression.Text);
            if (expression.Legend.Length > 0) json.WriteString("legendFormat", expression.Legend);
            if (expression.Step is { } step) json.WriteString("step", DurationText.Format(step));
        }

        if (panel.Window is not null) json.WriteString("window", panel.Window);
        if (panel.Aggregate is not null) json.WriteString("aggregate", panel.Aggregate);
        if (panel.Plot is not null) json.WriteString("plot", panel.Plot);
        if (panel.Span is { } span) json.WriteString("span", DurationText.Format(span));
        if (panel.Ahead is { } ahead) json.WriteString("ahead", DurationText.Format(ahead));
        if (panel.Target is { } target) json.WriteNumber("target", target);
        FieldConfigJson.Write(json, panel.Fields);
        if (panel.IsCollapsed) json.WriteBoolean("collapsed", true);
        json.WriteNumber("x", panel.X);
        json.WriteNumber("y", panel.Y);
        json.WriteNumber("w", panel.W);
        json.WriteNumber("h", panel.H);
        json.WriteEndObject();
    }

    // An entry that shows what its panel shows is its text alone, as it was before there were others.
    private static void WriteEntry(Utf8JsonWriter json, string series, PanelQuery query)
    {
        if (query == PanelQuery.OfPanel)
        {
            json.WriteStringValue(series);
            return;
        }

        json.WriteStartObject();
        json.WriteString("series", series);
        if (query.Aggregate is not null) json.WriteString("aggregate", query.Aggregate);
        if (query.Window is not null) json.WriteString("window", query.Window);
        json.WriteEndObject();
    }

    private static Dashboard Read(JsonElement root, string id, List<DashboardError> errors)
    {
        var dashboard = new Dashboard { Id = id, Name = "" };
        var fields = new JsonFields(root, "", errors);
        if (!fields.IsObject) return dashboard;
        // Documents of version 1, and what people exported then, call the list by its old name.
        var list = fields.Has("tiles") && !fields.Has("panels") ? "tiles" : "panels";
        fields.AllowOnly("version", "name", list, "folder", "knownSeries", "variables");
        _ = fields.Integer("version", 1, 1, Version);
        var name = fields.Text("name", null, Dashboard.MaxName).Trim();
        if (name.Length == 0 && errors.Count == 0) errors.Add(new("name", "A dashboard needs a name."));
        var panels = new List<DashboardPanel>();
        foreach (var (element, path) in fields.Items(list, Dashboard.MaxPanels))
        {
            var panel = DashboardPanelJson.Read(element, path, errors);
            if (panels.Exists(other => other.Id == panel.Id)) errors.Add(new(path + ".id", $"'{panel.Id}' stands twice."));
            panels.Add(panel);
        }

        return dashboard with
        {
            Name = name,
            Panels = panels,
            Variables = DashboardVariableJson.Read(fields, errors),
            Folder = fields.Text("folder", "", Dashboard.MaxFolder).Trim(),
            KnownSeries = fields.Has("knownSeries") ? fields.Integer("knownSeries", 0, 0, int.MaxValue) : null,
        };
    }
}
