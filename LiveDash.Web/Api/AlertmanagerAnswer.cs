using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api;

/// <summary>An alert in the form of Alertmanager's API v2 (its OpenAPI's <c>gettableAlert</c>), which amtool and others read.</summary>
internal sealed record AlertmanagerAnswer(
    IReadOnlyDictionary<string, string> Annotations, string EndsAt, string Fingerprint, IReadOnlyList<IReadOnlyDictionary<string, string>> Receivers,
    string StartsAt, AlertmanagerStatus Status, string UpdatedAt, string GeneratorURL, IReadOnlyDictionary<string, string> Labels)
{
    public static AlertmanagerAnswer From(Alert alert, long now)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in alert.Series.Tags) labels[key] = value;
        foreach (var (key, value) in alert.Rule.Config.Labels) labels[key] = value;
        labels["alertname"] = alert.Rule.Config.Name;
        labels["series"] = alert.Series.ToString();
        labels["severity"] = AlertAnswer.Word(alert.Severity);
        var annotations = new Dictionary<string, string>
        {
            ["expr"] = alert.Rule.Expression.ToString(),
            ["value"] = alert.Value.ToString("R", CultureInfo.InvariantCulture),
        };
        var receivers = alert.Rule.Config.Channels.Select(static channel => new Dictionary<string, string> { ["name"] = channel }).ToArray();
        // A firing alert has no end yet; readers expect a time in the future, as Alertmanager gives it.
        var ends = now + (5 * TimeSpan.TicksPerMinute);
        return new(
            annotations, TimeText.Format(ends), alert.Id, receivers, TimeText.Format(alert.FiredAt),
            new AlertmanagerStatus([], alert.IsSilenced ? ["livedash"] : [], [], alert.IsSilenced ? "suppressed" : "active"), TimeText.Format(now), "", labels);
    }
}
