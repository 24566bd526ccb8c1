using LiveDash.Core.Model;
using LiveDash.Core.Plots.Kinds;
using LiveDash.Core.Selections;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Statistics;

/// <summary>
/// Makes statistics of stored points: reads them once, holds their values (8 bytes each, at most <see cref="Limits.MaxStatisticsPoints"/>) and sorts them, on the
/// pool. Two requests at once are served, others wait; who cancels ends the reading at once. Thread-safe.
/// </summary>
public sealed class StatisticsReader(IPointStore store, Limits limits) : IDisposable
{
    private const int MostAtOnce = 2;

    // Stretches of time in which pairs of series are formed.
    private const int MostBuckets = 2_000;
    private readonly SemaphoreSlim _room = new(MostAtOnce);

    /// <summary>Makes them.</summary>
    /// <exception cref="StatisticsException">More points are selected than the limit allows.</exception>
    public async Task<SelectionStatistics> ReadAsync(StatisticsRequest request, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => MakeAsync(request, cancellationToken), cancellationToken);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<SelectionStatistics> MakeAsync(StatisticsRequest request, CancellationToken cancellationToken)
    {
        var (chosen, times) = Choose(request);
        var leftOut = request.Series.Count - chosen.Count;
        var width = Round(Math.Max(1, ((times.To - times.From - 1) / MostBuckets) + 1));
        var count = (int)Math.Clamp(((times.To - times.From - 1) / width) + 1, 1, MostBuckets);
        List<SeriesCollector> collectors = [.. chosen.Select(series => new SeriesCollector(series, new BucketMeans(times.From, width, count)))];
        if (times.To > times.From) await CollectAsync(request, collectors, cancellationToken);
        collectors.RemoveAll(static one => one.Count == 0);
        foreach (var one in collectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            one.Sort();
        }

        if (collectors.Count == 0) return new(0, [], [], [], TimeSpan.FromTicks(width), leftOut);
        var bins = HistogramBins.Over(collectors.Min(static one => one.Min), collectors.Max(static one => one.Max), collectors.Sum(static one => (long)one.Count), request.Bins);
        var series = new List<SeriesSummary>(collectors.Count);
        foreach (var one in collectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            series.Add(one.Summarize(bins));
        }

        return new(collectors.Sum(static one => one.Points), series, [.. Enumerable.Range(0, bins.Count + 1).Select(bins.Edge)], Pairs(collectors, count), TimeSpan.FromTicks(width), leftOut)
        {
            CountsAll = request.Shape is null,
            Summaries = StoredSummaries.OfAll(collectors.Select(one => store.FindSummaries(one.Series, request.Range))),
        };
    }

    // Up to whole milliseconds, and beyond a second to whole seconds, so that it can be said.
    private static long Round(long ticks)
    {
        var unit = ticks > TimeSpan.TicksPerSecond ? TimeSpan.TicksPerSecond : ticks > TimeSpan.TicksPerMillisecond ? TimeSpan.TicksPerMillisecond : 1;
        return ((ticks - 1) / unit * unit) + unit;
    }

    private async Task CollectAsync(StatisticsRequest request, List<SeriesCollector> collectors, CancellationToken cancellationToken)
    {
        var query = new PointQuery { Series = [.. collectors.Select(static one => one.Series)], Range = request.Range, WithSummaries = request.Shape is null };
        if (request.Shape is { } shape)
        {
            if (ShapeFilter.Narrow(query, shape.Box, request.Plane) is not { } narrowed) return;
            query = narrowed;
        }

        var bySeries = new SeriesCollector?[collectors.Max(static one => one.Series) + 1];
        foreach (var one in collectors) bySeries[one.Series] = one;
        var clock = new ZoneClock(request.Zone);
        var left = limits.MaxStatisticsPoints;
        var blocks = store.ScanAsync(query, cancellationToken);
        if (request.Shape is { } within) blocks = ShapeFilter.WithinAsync(blocks, within, request.Plane, null, cancellationToken);
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            if ((left -= block.Count) < 0) throw new StatisticsException($"More than {limits.MaxStatisticsPoints:N0} points are selected; statistics are made of no more (LiveDash:Limits:MaxStatisticsPoints). Choose a shorter range, fewer series or a shape.");
            Take(block, bySeries, clock);
        }
    }

    private static void Take(PointBlock block, SeriesCollector?[] bySeries, ZoneClock clock)
    {
        var series = block.Series.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        if (block.Counts.IsEmpty)
        {
            for (var i = 0; i < series.Length; i++) bySeries[series[i]]!.Add(times[i], values[i], clock);
            return;
        }

        var least = block.Least.Span;
        var greatest = block.Greatest.Span;
        var sums = block.Sums.Span;
        var counts = block.Counts.Span;
        for (var i = 0; i < series.Length; i++) bySeries[series[i]]!.Add(times[i], values[i], least[i], greatest[i], sums[i], counts[i], clock);
    }

    // The series with most points, and the stretch of time in which any of them has some.
    private (List<int> Series, TimeRange Times) Choose(StatisticsRequest request)
    {
        var known = request.Series.Distinct().Select(series => (Series: series, Stats: store.FindStats(series))).Where(static one => one.Stats is not null).ToList();
        var most = known.OrderByDescending(static one => one.Stats!.Value.Count).Take(SelectionStatistics.MostSeries).Select(static one => one.Series).ToHashSet();
        if (most.Count == 0) return ([], new TimeRange(0, 0));
        var kept = known.Where(one => most.Contains(one.Series)).ToList();
        var from = Math.Max(request.Range.From, kept.Min(static one => one.Stats!.Value.First));
        var to = Math.Min(request.Range.To, kept.Max(static one => one.Stats!.Value.Last) + 1);
        return ([.. kept.Select(static one => one.Series)], new TimeRange(from, Math.Max(from, to)));
    }

    private static List<PairSummary> Pairs(List<SeriesCollector> collectors, int buckets)
    {
        var pairs = new List<PairSummary>();
        double[] x = new double[buckets], y = new double[buckets];
        for (var a = 0; a < collectors.Count; a++)
        {
            for (var b = a + 1; b < collectors.Count; b++)
            {
                var n = 0;
                for (var bucket = 0; bucket < buckets; bucket++)
                {
                    if (!collectors[a].Buckets.Has(bucket) || !collectors[b].Buckets.Has(bucket)) continue;
                    (x[n], y[n++]) = (collectors[a].Buckets[bucket], collectors[b].Buckets[bucket]);
                }

                var told = new List<(double X, double Y)>();
                var step = Math.Max(1, (n + PairSummary.MostPairs - 1) / PairSummary.MostPairs);
                for (var i = 0; i < n && pairs.Count == 0; i += step) told.Add((x[i], y[i]));
                pairs.Add(new(collectors[a].Series, collectors[b].Series, n, Moments.Correlation(x.AsSpan(0, n), y.AsSpan(0, n)), told));
            }
        }

        return pairs;
    }
}
