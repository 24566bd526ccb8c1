using LiveDash.Core.Alerts;

namespace LiveDash.Web.Api.Alerts;

/// <summary>An episode as <c>GET /api/episodes</c> gives it.</summary>
internal sealed record EpisodeAnswer(
    string Id, string Alert, string Rule, string RuleId, string Series, string Severity, string? ActiveAt, string? FiredAt, string? ResolvedAt,
    string? Reason, string? Why, double? Peak, IReadOnlyList<EpisodeEventAnswer> Events)
{
    public static EpisodeAnswer From(Episode episode) => new(
        episode.Id, episode.AlertId, episode.RuleName, episode.RuleId, episode.Series, AlertAnswer.Word(episode.Severity), AlertAnswer.Time(episode.ActiveAt),
        AlertAnswer.Time(episode.FiredAt), AlertAnswer.Time(episode.ResolvedAt ?? 0), episode.Reason, episode.Why, episode.Peak,
        [.. episode.Events.Select(static e => new EpisodeEventAnswer(AlertAnswer.Time(e.At), AlertAnswer.Word(e.Kind), e.Value, e.Detail))]);
}
