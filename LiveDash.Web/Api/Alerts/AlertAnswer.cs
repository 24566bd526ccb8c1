using System.Text.Json.Serialization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Alerts;

/// <summary>An alert as <c>GET /api/alerts</c> gives it. Times are ISO 8601 UTC; figures that are undefined are null.</summary>
internal sealed record AlertAnswer(
    string Id, string Rule, string RuleId, string Series, IReadOnlyDictionary<string, string> Tags, string State, string Health, string Severity,
    double? Value, double? Peak, string? ActiveAt, string? FiredAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ResolvedAt,
    string? Text, string? Episode, bool Acknowledged, bool Silenced, bool Flapping, string? Reason, string? Why, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>An alert that is not inactive.</summary>
    public static AlertAnswer From(Alert alert) => new(
        alert.Id, alert.Rule.Config.Name, alert.Rule.Id, alert.Series.Name, TagsOf(alert.Series), Word(alert.State), Word(alert.Health), Word(alert.Severity),
        Finite(alert.Value), Finite(alert.Peak), Time(alert.ActiveAt), Time(alert.FiredAt), null,
        alert.Text, alert.Episode, alert.IsAcknowledged, alert.IsSilenced, alert.IsFlapping, null, alert.Why, alert.Rule.Config.Labels);

    /// <summary>An alert of the past, by its last episode.</summary>
    public static AlertAnswer From(Episode episode)
    {
        SeriesKey.TryParse(episode.Series, out var key);
        return new(
            episode.AlertId, episode.RuleName, episode.RuleId, key?.Name ?? episode.Series, TagsOf(key), Word(AlertState.Inactive), Word(AlertHealth.Ok),
            Word(episode.Severity), episode.Events.LastOrDefault()?.Value, episode.Peak, Time(episode.ActiveAt), Time(episode.FiredAt), Time(episode.ResolvedAt ?? 0),
            episode.Text, episode.Id, episode.Acknowledgement is not null, false, false, episode.Reason, episode.Why, new Dictionary<string, string>());
    }

    /// <summary>A name of the code as JSON spells it.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    internal static string? Time(long ticks) => ticks == 0 ? null : TimeText.Format(ticks);

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static Dictionary<string, string> TagsOf(SeriesKey? key) => key is null ? [] : key.Tags.ToDictionary(static t => t.Key, static t => t.Value);
}
