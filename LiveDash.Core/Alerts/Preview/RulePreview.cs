using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>
/// Runs a rule over stored history with the judge that runs it live, so that what it shows is what would have happened: at event time, with
/// a tick each second between the points. Thread-safe: each run has windows and states of its own.
/// </summary>
public sealed class RulePreview(IPointStore store, SeriesCatalog catalog, Limits limits, TimeProvider time, LocalClock? clock = null, QueryEngine? engine = null, QueryLimits? bounds = null)
{
    /// <summary>The most episodes a result lists; more are counted.</summary>
    public const int MaxEpisodes = 1_000;

    /// <summary>The most series a preview looks at.</summary>
    public const int MaxSeries = 1_000;

    /// <summary>So many points from before the range fill a window by count at most; a longer one fills within the range.</summary>
    private const int MaxFill = 100_000;

    /// <summary>False to judge each point, though its stretch says that the rule cannot fire: what a test compares with.</summary>
    internal bool UsesBounds { get; init; } = true;

    /// <summary>What a rule sees of points that are downsampled, for people.</summary>
    public static string OfSummaries(RuleModel rule) => rule.Query is null
        ? "windows saw the last of each step"
        : "avg, sum, count, min and max over time are of all points, the rest saw the last of each step";

    /// <summary>Runs a rule.</summary>
    /// <param name="rule">The rule; it need not be kept.</param>
    /// <param name="range">The history to judge, half-open.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <param name="columns">How many pixel columns the judged figure is drawn in, at most 10,000; 0 for no drawing.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1, now and then and on any thread; null where nobody looks.</param>
    public async Task<PreviewResult> RunAsync(RuleModel rule, TimeRange range, CancellationToken cancellationToken, int columns = 0, Action<double>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 10_000);
        var started = time.GetTimestamp();
        if (rule.Query is not null) return await QueryAsync(rule, range, columns, progress, started, cancellationToken).ConfigureAwait(false);
        var series = SeriesOf(rule);
        if (range.IsEmpty) return new PreviewResult(0, series.Count, time.GetElapsedTime(started), [], 0);
        var judged = Judged(rule);
        var stats = store.GetStats();
        var isApart = series.Count > 1 && IsApart(judged);
        var parts = (isApart ? series.Select(static one => new List<int> { one }) : [series]).ToArray();
        var meter = new PreviewProgress(parts.Length, progress);
        var results = new PreviewPart[parts.Length];
        var drawn = isApart ? Drawn(series, stats, range) : null;
        await Parallel.ForEachAsync(Enumerable.Range(0, parts.Length), cancellationToken, async (i, stop) =>
        {
            var drawnColumns = drawn?.Contains(parts[i][0]) == false ? 0 : columns;
            var bounds = UsesBounds && drawnColumns == 0 && parts[i].Count == 1 ? PreviewBounds.Of(judged) : null;
            var part = new PreviewRun(judged, range, limits, new PreviewLog(MaxEpisodes), drawnColumns, catalog.States, clock ?? LocalClock.Utc, bounds);
            results[i] = await RunAsync(part, judged, parts[i], stats, range, fraction => meter.Report(i, fraction), stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return new PreviewResult(
            results.Sum(static part => part.Points), series.Count, time.GetElapsedTime(started),
            [.. results.SelectMany(static part => part.Episodes).OrderBy(static episode => episode.From).Take(MaxEpisodes)], results.Sum(static part => part.Total))
        {
            Summaries = Summaries(judged, series, range),
            Passed = results.Sum(static part => part.Passed),
            Lines = [.. results.SelectMany(static part => part.Lines).OrderBy(static line => line.Series, StringComparer.Ordinal).Take(PreviewTrace.MaxLines)],
        };
    }

    private async Task<PreviewResult> QueryAsync(RuleModel rule, TimeRange range, int columns, Action<double>? progress, long started, CancellationToken cancellationToken)
    {
        if (range.IsEmpty || rule.Config.IsRecording) return new PreviewResult(0, 0, time.GetElapsedTime(started), [], 0);
        var run = new QueryPreview(engine ?? new QueryEngine(catalog, store, time), bounds ?? new QueryLimits(), limits, catalog);
        // What is to come cannot have happened.
        var to = Math.Min(range.To, Math.Max(range.From, time.GetUtcNow().UtcTicks));
        var result = await run.RunAsync(rule, new TimeRange(range.From, to), columns, progress, cancellationToken).ConfigureAwait(false);
        return result with { Took = time.GetElapsedTime(started) };
    }

    private StoredSummaries? Summaries(RuleModel rule, List<int> series, TimeRange range)
    {
        var seen = range with { From = Begin(rule, range) };
        return StoredSummaries.OfAll(series.Select(one => store.FindSummaries(one, seen)));
    }

    // From where on windows must be filled, so that they are as they were at the beginning of the range.
    private static long Begin(RuleModel rule, TimeRange range) =>
        Math.Max(0, range.From - rule.Expression.Condition.Leaves.Max(static leaf => PreviewRun.Reach(leaf)) - WindowOptions.Default.AllowedLateness.Ticks);

    private async Task<PreviewPart> RunAsync(
        PreviewRun run, RuleModel rule, List<int> series, IReadOnlyList<SeriesStats> stats, TimeRange range, Action<double> report, CancellationToken cancellationToken)
    {
        run.Prepare([.. series.Select(number => (number, catalog[number]))]);
        var own = stats.Where(one => series.Contains(one.Series)).ToList();
        var from = Begin(rule, range);
        foreach (var number in own.Where(one => one.First < from).Select(static one => one.Series)) await FillAsync(run, number, from, cancellationToken).ConfigureAwait(false);
        run.Begin(own);
        if (series.Count > 0)
        {
            var query = new PointQuery { Series = series, Range = new TimeRange(from, range.To) };
            await foreach (var block in store.ScanAsync(query, cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                run.Take(block);
                report((block.Times.Span[^1] - from) / (double)(range.To - from));
            }
        }

        var end = Math.Min(range.To, Math.Max(range.From, time.GetUtcNow().UtcTicks));
        run.End(end);
        report(1);
        var (episodes, total) = run.Log.End(end);
        return new PreviewPart(run.Points, episodes, total, run.Passed, run.Lines);
    }

    // Where a rule looks at one pattern of series and what one of them does changes nothing for another, each is judged by itself: the same outcome, on every core,
    // and without bringing a thousand series into one order of time.
    private static bool IsApart(RuleModel rule) =>
        rule.OnNoData == GapPolicy.Keep && !rule.Expression.Condition.Leaves.Any(static leaf => leaf is Outlier or Anomaly { By: not null }) && rule.Expression.Condition.Leaves.Select(static leaf => leaf.Series).Distinct(StringComparer.Ordinal).Count() == 1;

    private static HashSet<int> Drawn(List<int> series, IReadOnlyList<SeriesStats> stats, TimeRange range) =>
        [.. stats.Where(one => one.First < range.To && one.Last >= range.From).Select(static one => one.Series).Intersect(series).Take(PreviewTrace.MaxLines)];

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
