using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Web.Api.Alerts;

namespace LiveDash.Web.Api.Rules;

/// <summary>What <c>POST /api/rules/preview</c> answers.</summary>
internal sealed record PreviewAnswer(long Points, int Series, long TookMs, int Total, IReadOnlyList<PreviewEpisodeAnswer> Episodes)
{
    public static PreviewAnswer From(PreviewResult result) => new(
        result.Points, result.Series, (long)Math.Ceiling(result.Took.TotalMilliseconds), result.Total,
        [.. result.Episodes.Select(static e => new PreviewEpisodeAnswer(
            e.Series, AlertAnswer.Time(e.From), AlertAnswer.Time(e.To), e.Peak, AlertAnswer.Word(e.Severity), e.Resolved, e.Why))]);
}
