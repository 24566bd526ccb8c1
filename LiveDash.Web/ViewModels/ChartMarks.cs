using LiveDash.Core.Alerts;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Chooses the episodes that belong on a chart. Pure.</summary>
public static class ChartMarks
{
    /// <summary>How many a chart shows; the newest win.</summary>
    public const int MaxMarks = 60;

    /// <summary>The marks of the series a chart shows.</summary>
    /// <param name="episodes">The book's episodes, the newest first.</param>
    /// <param name="patterns">The chart's series.</param>
    /// <param name="since">What ended before is left out, in UTC ticks.</param>
    public static IReadOnlyList<ChartMark> Of(IEnumerable<Episode> episodes, IReadOnlyList<SeriesPattern> patterns, long since) =>
        Of(episodes, e => SeriesKey.TryParse(e.Series, out var key) && patterns.Any(p => p.Matches(key!)), since);

    /// <summary>The marks of an expression: the episodes of the rules that are about it.</summary>
    /// <param name="episodes">The book's episodes, the newest first.</param>
    /// <param name="rules">The rules' ids; see <see cref="ExpressionRules"/>.</param>
    /// <param name="since">What ended before is left out, in UTC ticks.</param>
    public static IReadOnlyList<ChartMark> Of(IEnumerable<Episode> episodes, IReadOnlySet<string> rules, long since) => Of(episodes, e => rules.Contains(e.RuleId), since);

    private static IReadOnlyList<ChartMark> Of(IEnumerable<Episode> episodes, Func<Episode, bool> belongs, long since) =>
        [.. episodes
            .Where(e => e.ResolvedAt is null || e.ResolvedAt >= since)
            .Where(belongs)
            .Take(MaxMarks)
            // The worst is drawn last, over what fired at the same moment.
            .OrderBy(static e => e.Severity)
            .Select(static e => new ChartMark(e.Id, Milliseconds(e.FiredAt), e.ResolvedAt is { } to ? Milliseconds(to) : null, SeverityWords.Class(e.Severity),
                $"{e.RuleName} ({e.Severity.ToString().ToLowerInvariant()}) on {e.Series}"))];

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
