using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Engine;

/// <summary>
/// Reads from the store what a new window or chart must know of the past. Thread-safe; at most two scans run at once, the others wait, so that
/// a page with many panels does not starve the writers. A store that fails costs the history and is logged and counted: the window goes live without it.
/// </summary>
internal sealed partial class HistoryReader(IPointStore? store, EngineOptions options, ILogger logger)
{
    private readonly SemaphoreSlim _turn = new(2);

    // Detectors read months: one at a time, and never in the way of a window.
    private readonly SemaphoreSlim _longTurn = new(1);
    private long _scans;
    private long _failures;

    /// <summary>False when there is nothing to read from.</summary>
    public bool HasStore => store is not null;

    /// <summary>
    /// Series from this number on were unknown to the store when the engine started: the first point of one is its whole history.
    /// Set once, before the first point.
    /// </summary>
    public int FirstUnstored { get; set; } = int.MaxValue;

    /// <summary>How many scans were made.</summary>
    public long Scans => Interlocked.Read(ref _scans);

    /// <summary>How many scans failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>The points a window needs, by time; at most <see cref="EngineOptions.MaxRebuildPoints"/>, the newest.</summary>
    /// <param name="series">The series.</param>
    /// <param name="need">Which points.</param>
    /// <param name="until">The last event time that is read, in UTC ticks.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public async Task<StoredPoints> ReadAsync(int series, HistoryNeed need, long until, CancellationToken cancellationToken)
    {
        var limit = Math.Min(need.Limit ?? int.MaxValue, options.MaxRebuildPoints);
        var query = new PointQuery { Series = [series], Range = new TimeRange(need.From, Math.Max(need.From, until + 1)), Limit = limit, Descending = true };
        var stored = new StoredPoints();
        var isCut = false;
        var isRead = await ScanAsync(query, block => !(isCut = !Take(block, stored, need.Gap)), cancellationToken).ConfigureAwait(false);
        stored.Points.Reverse();
        stored.First = store?.FindStats(series)?.First;
        // Of the points of the oldest time some may lie beyond the limit.
        if (isRead) stored.WholeSince = isCut || stored.Points.Count >= limit ? stored.Points.Times[0] + 1 : need.From;
        return stored;
    }

    /// <summary>
    /// The columns of a chart that end with the series' newest points, with the newest sequence number among them; null when there is no store, or
    /// it failed.
    /// </summary>
    public async Task<(ChartColumns Columns, long NewestId)?> ReadChartAsync(int series, long from, long until, long widthTicks, int columns, CancellationToken cancellationToken)
    {
        var chart = new ChartColumns(widthTicks, columns);
        var newest = 0L;
        // A clock that was wrong for a moment must not push everything else out of the picture.
        var query = new PointQuery { Series = [series], Range = new TimeRange(Math.Max(0, from), Math.Max(Math.Max(0, from), until)), WithSummaries = true };
        var isRead = await ScanAsync(query, block =>
        {
            chart.AddRange(block);
            foreach (var id in block.Ids.Span) newest = Math.Max(newest, id);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        return isRead ? (chart, newest) : null;
    }

    /// <summary>The points of a series beyond a time, the earliest first; at most <paramref name="limit"/>.</summary>
    public async Task<StoredPoints> ReadAheadAsync(int series, long after, int limit, CancellationToken cancellationToken)
    {
        var stored = new StoredPoints();
        var query = new PointQuery { Series = [series], Range = new TimeRange(after + 1, long.MaxValue), Limit = limit };
        await ScanAsync(query, block => Take(block, stored, gap: 0), cancellationToken).ConfigureAwait(false);
        return stored;
    }

    /// <summary>The newest located points, in the order of time.</summary>
    public async Task<List<LocatedPoint>> ReadLocatedAsync(int series, int count, CancellationToken cancellationToken)
    {
        var points = new List<LocatedPoint>();
        var query = new PointQuery { Series = [series], LocatedOnly = true, Limit = count, Descending = true };
        await ScanAsync(query, block =>
        {
            for (var i = 0; i < block.Count; i++) points.Add(new(block.Times.Span[i], block.X.Span[i], block.Y.Span[i]));
            return true;
        }, cancellationToken).ConfigureAwait(false);
        points.Reverse();
        return points;
    }

    /// <summary>The newest point of a series, or null.</summary>
    public async Task<(long Time, double Value)?> ReadLastAsync(SeriesStats stats, CancellationToken cancellationToken)
    {
        (long, double)? last = null;
        var query = new PointQuery
        {
            Series = [stats.Series], Range = new TimeRange(stats.Last, long.MaxValue), Limit = 1, Descending = true,
        };
        await ScanAsync(query, block =>
        {
            last = (block.Times.Span[0], block.Values.Span[0]);
            return false;
        }, cancellationToken).ConfigureAwait(false);
        return last;
    }

    /// <summary>The newest stored point before a time; null where there is none, no store, or it failed.</summary>
    public async Task<(long Time, double Value)?> ReadBeforeAsync(int series, long before, CancellationToken cancellationToken)
    {
        (long, double)? last = null;
        var query = new PointQuery { Series = [series], Range = new TimeRange(0, before), Limit = 1, Descending = true };
        await ScanAsync(query, block =>
        {
            last = (block.Times.Span[0], block.Values.Span[0]);
            return false;
        }, cancellationToken).ConfigureAwait(false);
        return last;
    }

    /// <summary>What the store knows of a series; null where it has no points of it.</summary>
    public SeriesStats? FindStats(int series) => store?.FindStats(series);

    /// <summary>What the store knows of every series; empty without a store.</summary>
    public IReadOnlyList<SeriesStats> Stats() => store?.GetStats() ?? [];

    /// <summary>Hands the blocks of a scan to <paramref name="take"/> until it says no more.</summary>
    /// <returns>False when there is no store, or it failed.</returns>
    public Task<bool> ScanAsync(PointQuery query, Func<PointBlock, bool> take, CancellationToken cancellationToken) => ScanAsync(query, take, _turn, cancellationToken);

    /// <summary>The same for a scan that may be long; it waits for others of its kind alone.</summary>
    public Task<bool> ScanLongAsync(PointQuery query, Func<PointBlock, bool> take, CancellationToken cancellationToken) => ScanAsync(query, take, _longTurn, cancellationToken);

    private async Task<bool> ScanAsync(PointQuery query, Func<PointBlock, bool> take, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        if (store is null) return false;
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Interlocked.Increment(ref _scans);
            await foreach (var block in store.ScanAsync(query, cancellationToken).ConfigureAwait(false))
            {
                if (!take(block)) break;
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Interlocked.Increment(ref _failures);
            LogFailure(logger, e);
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    private static bool Take(PointBlock block, StoredPoints stored, long gap)
    {
        var points = stored.Points;
        foreach (var id in block.Ids.Span) stored.NewestId = Math.Max(stored.NewestId, id);
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = 0; i < times.Length; i++)
        {
            if (gap > 0 && points.Count > 0 && points.Times[^1] - times[i] > gap) return false;
            points.Add(times[i], values[i]);
        }

        return true;
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "The store could not be read to rebuild a window or chart; it goes live without its past")]
    private static partial void LogFailure(ILogger logger, Exception exception);
}
