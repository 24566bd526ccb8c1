using LiveDash.Core.Alerts;
using LiveDash.Core.Ingestion;

namespace LiveDash.Web.Api.Alerts;

/// <summary>A silence as the API gives it.</summary>
internal sealed record SilenceAnswer(string Id, string? Rule, string? Series, string StartsAt, string EndsAt, string State, string Comment,
    IReadOnlyList<string> Matchers)
{
    public static SilenceAnswer From(Silence silence, long now) => new(
        silence.Id, silence.Rule, silence.Series, TimeText.Format(silence.StartsAt), TimeText.Format(silence.EndsAt),
        now < silence.StartsAt ? "pending" : now < silence.EndsAt ? "active" : "expired", silence.Comment,
        [.. silence.Matchers.Select(static matcher => matcher.ToString())]);
}
