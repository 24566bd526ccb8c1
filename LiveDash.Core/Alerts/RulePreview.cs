using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts;

/// <summary>
/// Runs a rule over stored history with the judge that runs it live, so that what it shows is what would have happened: at event time, with
/// a tick each second between the points. Thread-safe: each run has windows and states of its own.
/// </summary>
public sealed class RulePreview(IPointStore store, SeriesCatalog catalog, Limits limits, TimeProvider time)
{
    /// <summary>The most episodes a result lists; more are counted.</summary>
    public const int MaxEpisodes = 1_000;

    /// <summary>The most series a preview looks at.</summary>
    public const int MaxSeries = 1_000;

    /// <summary>Runs a rule.</summary>
    /// <param name="rule">The rule; it need not be kept.</param>
    /// <param name="range">The history to judge, half-open.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="columns">How many pixel columns the judged figure is drawn in, at most 10,000; 0 for no drawing.</param>
    public async Task<PreviewResult> RunAsync(RuleModel rule, TimeRange range, CancellationToken cancellationToken, int columns = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 10_000);
        var started = time.GetTimestamp();
        var series = SeriesOf(rule);
        var log = new PreviewLog(MaxEpisodes);
        if (series.Count == 0 || range.IsEmpty) return new PreviewResult(0, series.Count, time.GetElapsedTime(started), [], 0);
        var trace = columns > 0 ? new PreviewTrace(catalog, log, rule.Id, range, columns) : null;
        var run = new PreviewRun(rule, range, catalog, limits, log, trace);
        run.Begin(series, store.GetStats());
        var query = new PointQuery { Series = series, Range = new TimeRange(Math.Max(0, range.From - Span(rule)), range.To) };
        await foreach (var block in store.ScanAsync(query, cancellationToken).ConfigureAwait(false)) run.Take(block);
        var end = Math.Min(range.To, Math.Max(range.From, time.GetUtcNow().UtcTicks));
        run.End(end);
        var (episodes, total) = log.End(end);
        return new PreviewResult(run.Points, series.Count, time.GetElapsedTime(started), episodes, total) { Lines = trace?.End() ?? [] };
    }

    private List<int> SeriesOf(RuleModel rule)
    {
        var all = new SortedSet<int>();
        foreach (var leaf in rule.Expression.Condition.Leaves)
        {
            if (SeriesPattern.TryParse(leaf.Series, out var pattern)) all.UnionWith(catalog.Match(pattern!));
        }

        return [.. all.Take(MaxSeries)];
    }

    // So far back reach the windows at the beginning of the range; a count window fills within it.
    private static long Span(RuleModel rule)
    {
        var longest = rule.Expression.Condition.Leaves.Max(static leaf => leaf switch
        {
            Comparison comparison => comparison.Window.Size.Ticks,
            Outside outside => outside.Window.Size.Ticks,
            Absent absent => absent.After.Ticks,
            _ => 0,
        });
        return longest + WindowOptions.Default.AllowedLateness.Ticks;
    }
}
