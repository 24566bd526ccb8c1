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

    /// <summary>So many points from before the range fill a window by count at most; a longer one fills within the range.</summary>
    private const int MaxFill = 100_000;

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
        if (range.IsEmpty) return new PreviewResult(0, series.Count, time.GetElapsedTime(started), [], 0);
        var log = new PreviewLog(MaxEpisodes);
        var run = new PreviewRun(Judged(rule), range, limits, log, columns);
        run.Prepare([.. series.Select(number => (number, catalog[number]))]);
        var stats = store.GetStats();
        var from = Math.Max(0, range.From - rule.Expression.Condition.Leaves.Max(static leaf => PreviewRun.Reach(leaf)) - WindowOptions.Default.AllowedLateness.Ticks);
        foreach (var number in stats.Where(one => one.First < from).Select(static one => one.Series).Intersect(series)) await FillAsync(run, number, from, cancellationToken).ConfigureAwait(false);
        run.Begin(stats);
        if (series.Count > 0)
        {
            var query = new PointQuery { Series = series, Range = new TimeRange(from, range.To) };
            await foreach (var block in store.ScanAsync(query, cancellationToken).ConfigureAwait(false)) run.Take(block);
        }

        var end = Math.Min(range.To, Math.Max(range.From, time.GetUtcNow().UtcTicks));
        run.End(end);
        var (episodes, total) = log.End(end);
        return new PreviewResult(run.Points, series.Count, time.GetElapsedTime(started), episodes, total) { Lines = run.Lines };
    }

    // What a rule that is paused now would have done is asked too.
    private static RuleModel Judged(RuleModel rule) =>
        rule.Config.Paused && RuleReader.TryRead(rule.Config with { Paused = false }, out var judged, out _) ? judged : rule;

    // Windows by count are full at the beginning of the range, as they were, however long ago their points came.
    private async Task FillAsync(PreviewRun run, int series, long before, CancellationToken cancellationToken)
    {
        var need = Math.Min(run.NeedBefore(series), MaxFill);
        if (need == 0) return;
        var points = new List<(long Ticks, double Value)>();
        var query = new PointQuery { Series = [series], Range = new TimeRange(0, before), Limit = need, Descending = true };
        await foreach (var block in store.ScanAsync(query, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < block.Count; i++) points.Add((block.Times.Span[i], block.Values.Span[i]));
        }

        for (var i = points.Count - 1; i >= 0; i--) run.Fill(series, points[i].Ticks, points[i].Value);
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
}
