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
        [.. episodes
            .Where(e => e.ResolvedAt is null || e.ResolvedAt >= since)
            .Where(e => SeriesKey.TryParse(e.Series, out var key) && patterns.Any(p => p.Matches(key!)))
            .Take(MaxMarks)
            // The worst is drawn last, over what fired at the same moment.
            .OrderBy(static e => e.Severity)
            .Select(static e => new ChartMark(e.Id, Milliseconds(e.FiredAt), e.ResolvedAt is { } to ? Milliseconds(to) : null, SeverityWords.Class(e.Severity),
                $"{e.RuleName} ({e.Severity.ToString().ToLowerInvariant()}) on {e.Series}"))];

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
