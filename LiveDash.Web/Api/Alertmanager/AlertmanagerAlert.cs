using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Alertmanager;

/// <summary>An alert in the form of Alertmanager's API v2 (its OpenAPI's <c>gettableAlert</c>), which amtool and others read.</summary>
internal sealed record AlertmanagerAlert(
    IReadOnlyDictionary<string, string> Annotations, string EndsAt, string Fingerprint, IReadOnlyList<AlertmanagerReceiver> Receivers,
    string StartsAt, AlertmanagerStatus Status, string UpdatedAt, string GeneratorURL, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Makes it.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="channels">Whom its rule tells.</param>
    /// <param name="silences">The silences there are.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public static AlertmanagerAlert From(Alert alert, IReadOnlyList<string> channels, IReadOnlyList<Silence> silences, long now)
    {
        var rule = alert.Rule;
        var figure = double.IsFinite(alert.Value) ? alert.Value.ToString("R", CultureInfo.InvariantCulture) : "no value";
        var annotations = new Dictionary<string, string>
        {
            ["summary"] = $"{rule.Config.Name}: {alert.Series}",
            ["description"] = $"{rule.Config.Name}: {alert.Series}, {AlertWords.Because(alert.Cause, figure, rule.Expression.ToString(), rule.StaleAfter, alert.Why)}",
            ["expr"] = rule.Expression.ToString(),
            ["value"] = figure,
        };
        foreach (var (name, text) in alert.Annotations) annotations[name] = text;
        // A firing alert has no end yet; readers expect a time in the future, as Alertmanager gives it.
        var ends = now + (5 * TimeSpan.TicksPerMinute);
        var by = silences.Where(silence => silence.Covers(rule, alert.Series, alert.Severity, now)).Select(static silence => silence.Id).ToArray();
        return new(
            annotations, TimeText.Format(ends), alert.Id, [.. channels.Select(static channel => new AlertmanagerReceiver(channel))], TimeText.Format(alert.FiredAt),
            new AlertmanagerStatus([], by, [], alert.IsSilenced ? "suppressed" : "active"), TimeText.Format(now), "",
            AlertLabels.Of(rule.Config.Name, rule.Config.Labels, alert.Series.ToString(), alert.Severity));
    }
}
