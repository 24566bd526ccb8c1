using LiveDash.Core.Alerts;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Rules;

namespace LiveDash.Web.Api.Alertmanager;

/// <summary>A silence in the form of Alertmanager's API v2 (its OpenAPI's <c>gettableSilence</c>).</summary>
internal sealed record AlertmanagerSilence(
    string Id, AlertmanagerSilence.SilenceState Status, string UpdatedAt, string Comment, string CreatedBy, string StartsAt, string EndsAt, IReadOnlyList<AlertMatcher> Matchers)
{
    /// <summary>Makes it; what a silence says of a rule and a series is said by matchers.</summary>
    public static AlertmanagerSilence From(Silence silence, RuleSet rules, long now)
    {
        var matchers = silence.Matchers.ToList();
        if (silence.Rule is { } rule) matchers.Add(new AlertMatcher { Name = "alertname", Value = rules.Find(rule)?.Config.Name ?? rule });
        if (silence.Series is { } series)
        {
            var isPattern = series.AsSpan().ContainsAny('*', '?');
            var value = isPattern ? System.Text.RegularExpressions.Regex.Escape(series).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) : series;
            matchers.Add(new AlertMatcher { Name = "series", Value = value, IsRegex = isPattern });
        }

        return new(
            silence.Id, new(now < silence.StartsAt ? "pending" : now < silence.EndsAt ? "active" : "expired"), TimeText.Format(silence.StartsAt), silence.Comment,
            silence.CreatedBy.Length == 0 ? "livedash" : silence.CreatedBy, TimeText.Format(silence.StartsAt), TimeText.Format(silence.EndsAt), matchers);
    }

    /// <summary>Whether it is in force.</summary>
    internal sealed record SilenceState(string State);
}
