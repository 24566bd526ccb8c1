using System.Text.Json;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>The part of a panel's JSON that says how values are shown; what is as by default is left out. Reading names the field of every error.</summary>
internal static class FieldConfigJson
{
    public static readonly string[] Names = ["unit", "decimals", "min", "max", "style", "band", "expected", "legend", "thresholds", "ruleThresholds", "links"];

    public static void Write(Utf8JsonWriter json, FieldConfig fields)
    {
        if (fields.Unit is not null) json.WriteString("unit", fields.Unit);
        if (fields.Decimals is { } decimals) json.WriteNumber("decimals", decimals);
        if (fields.Min is { } min) json.WriteNumber("min", min);
        if (fields.Max is { } max) json.WriteNumber("max", max);
        if (fields.Style != default) json.WriteString("style", Lower(fields.Style));
        if (!fields.Band) json.WriteBoolean("band", false);
        if (fields.Expected) json.WriteBoolean("expected", true);
        if (fields.Legend != default) json.WriteString("legend", Lower(fields.Legend));
        if (!fields.RuleThresholds) json.WriteBoolean("ruleThresholds", false);
        if (fields.Thresholds.Count > 0) json.WriteStartArray("thresholds");
        foreach (var threshold in fields.Thresholds)
        {
            json.WriteStartObject();
            json.WriteNumber("value", threshold.Value);
            json.WriteString("color", Lower(threshold.Color));
            if (threshold.IsBelow) json.WriteBoolean("below", true);
            json.WriteEndObject();
        }

        if (fields.Thresholds.Count > 0) json.WriteEndArray();
        if (fields.Links.Count > 0) json.WriteStartArray("links");
        foreach (var link in fields.Links)
        {
            json.WriteStartObject();
            json.WriteString("title", link.Title);
            json.WriteString("url", link.Url);
            json.WriteEndObject();
        }

        if (fields.Links.Count > 0) json.WriteEndArray();
    }

    public static FieldConfig Read(JsonFields fields, List<DashboardError> errors)
    {
        var unit = fields.Text("unit", "", FieldConfig.MaxUnit).Trim();
        var (min, max) = (fields.Number("min"), fields.Number("max"));
        if (min >= max) fields.Wrong("max", "It must be larger than min.");
        return new FieldConfig
        {
            Unit = unit.Length == 0 ? null : unit,
            Decimals = fields.Has("decimals") ? fields.Integer("decimals", 0, 0, 9) : null,
            Min = min,
            Max = max,
            Style = fields.Choice<LineStyle>("style"),
            Band = fields.Boolean("band", true),
            Expected = fields.Boolean("expected", false),
            Legend = fields.Choice<LegendKind>("legend"),
            RuleThresholds = fields.Boolean("ruleThresholds", true),
            Thresholds = [.. fields.Items("thresholds", FieldConfig.MaxThresholds).Select(item => Threshold(item.Element, item.Path, errors)).OfType<PanelThreshold>()],
            Links = [.. fields.Items("links", FieldConfig.MaxLinks).Select(item => Link(item.Element, item.Path, errors)).OfType<PanelLink>()],
        };
    }

    private static PanelThreshold? Threshold(JsonElement element, string path, List<DashboardError> errors)
    {
        var fields = new JsonFields(element, path, errors);
        if (!fields.IsObject) return null;
        fields.AllowOnly("value", "color", "below");
        var value = fields.Number("value");
        if (value is null && !errors.Exists(error => error.Field == path + ".value")) fields.Wrong("value", "The field is missing.");
        return new PanelThreshold(value ?? 0, fields.Choice("color", ThresholdColor.Critical), fields.Boolean("below", false));
    }

    private static PanelLink? Link(JsonElement element, string path, List<DashboardError> errors)
    {
        var fields = new JsonFields(element, path, errors);
        if (!fields.IsObject) return null;
        fields.AllowOnly("title", "url");
        var (title, url) = (fields.Text("title", null, 60).Trim(), fields.Text("url", null, 500).Trim());
        if (url.Length > 0 && PanelLink.CheckUrl(url) is { } error) fields.Wrong("url", error);
        return new PanelLink(title, url);
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
