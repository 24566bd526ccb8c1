using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Rules;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>Rules and alerts in the form of Prometheus' API. Thread-safe.</summary>
internal sealed class PrometheusRulesView(RuleBook book, AlertBook alerts, RuleStates states, TimeProvider time)
{
    // Rules are judged per point, and what only time changes each second.
    private const double TickSeconds = 1;

    /// <summary><c>/api/v1/rules</c></summary>
    public IResult Rules(PrometheusRequest request)
    {
        var kind = request.One("type");
        if (kind is not (null or "alert" or "record")) throw PrometheusError.Parameter("type", $"not supported value \"{kind}\"");
        var (names, inGroups, inFiles) = (request.All("rule_name[]"), request.All("rule_group[]"), request.All("file[]"));
        var byRule = alerts.List().ToLookup(static alert => alert.Rule.Id, StringComparer.Ordinal);
        var groups = book.Rules.Rules
            .Where(rule => kind is null || (kind == "record") == rule.Config.IsRecording)
            .Where(rule => names.Count == 0 || names.Contains(rule.Config.Name))
            .GroupBy(rule => (File: book.FileOf(rule.Id) ?? rule.Config.File, rule.Config.Group))
            .Where(group => (inFiles.Count == 0 || inFiles.Contains(NameOf(group.Key.File))) && (inGroups.Count == 0 || inGroups.Contains(NameOf(group.Key.Group))))
            .ToList();
        var now = TimeText.Format(time.GetUtcNow().UtcTicks);
        return new PrometheusAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("groups");
            foreach (var group in groups)
            {
                writer.WriteStartObject();
                writer.WriteString("name", NameOf(group.Key.Group));
                writer.WriteString("file", NameOf(group.Key.File));
                writer.WriteNumber("interval", TickSeconds);
                writer.WriteNumber("limit", 0);
                writer.WriteNumber("evaluationTime", 0);
                writer.WriteString("lastEvaluation", now);
                writer.WriteStartArray("rules");
                foreach (var rule in group) Write(writer, rule, [.. byRule[rule.Id]], now);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary><c>/api/v1/alerts</c></summary>
    public IResult Alerts()
    {
        var all = alerts.List();
        return new PrometheusAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("alerts");
            foreach (var alert in all) Write(writer, alert);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static string NameOf(string? text) => string.IsNullOrEmpty(text) ? "livedash" : text;

    private void Write(Utf8JsonWriter writer, RuleModel rule, IReadOnlyList<Alert> found, string now)
    {
        writer.WriteStartObject();
        writer.WriteString("name", rule.Config.Name);
        writer.WriteString("query", rule.Config.Expr);
        if (rule.Config.IsRecording)
        {
            WriteMap(writer, "labels", rule.Config.Labels);
        }
        else
        {
            writer.WriteString("state", found.Any(static alert => alert.IsOpen) ? "firing" : found.Count > 0 ? "pending" : "inactive");
            writer.WriteNumber("duration", rule.Expression.For.TotalSeconds);
            writer.WriteNumber("keepFiringFor", rule.Expression.Keep.TotalSeconds);
            var labels = new SortedDictionary<string, string>(rule.Config.Labels.ToDictionary(), StringComparer.Ordinal);
            labels.TryAdd("severity", rule.Config.Severity);
            WriteMap(writer, "labels", labels);
            WriteMap(writer, "annotations", rule.Config.Annotations);
            writer.WriteStartArray("alerts");
            foreach (var alert in found) Write(writer, alert);
            writer.WriteEndArray();
        }

        var state = states[rule.Id];
        writer.WriteString("health", state.Health == AlertHealth.Error ? "err" : "ok");
        if (state.LastError is { } error) writer.WriteString("lastError", error);
        writer.WriteNumber("evaluationTime", state.Evaluated.Took / (double)TimeSpan.TicksPerSecond);
        writer.WriteString("lastEvaluation", state.Evaluated.At > 0 ? TimeText.Format(state.Evaluated.At) : now);
        writer.WriteString("type", rule.Config.IsRecording ? "recording" : "alerting");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Alert alert)
    {
        writer.WriteStartObject();
        WriteMap(writer, "labels", AlertLabels.Of(alert.Rule, alert.Series, alert.Severity));
        WriteMap(writer, "annotations", alert.Annotations);
        writer.WriteString("state", alert.IsOpen ? "firing" : "pending");
        writer.WriteString("activeAt", TimeText.Format(alert.ActiveAt));
        writer.WriteString("value", PrometheusNumbers.Exponent(alert.Value));
        writer.WriteEndObject();
        PrometheusAnswer.FlushWhereMuch(writer);
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, string>> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map) writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
