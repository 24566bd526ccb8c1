using System.Runtime.CompilerServices;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Shared;

/// <summary>A plain point store in memory: the oracle for what a query gives, and a store that a test can hold still. Thread-safe.</summary>
public sealed class MemoryPointStore : IPointStore
{
    private readonly Lock _gate = new();
    private readonly List<Row> _rows = [];
    private int _openScans;

    /// <summary>How many points a block holds at most.</summary>
    public int BlockSize { get; set; } = 4096;

    /// <summary>Awaited before every block but the first; null to go on at once.</summary>
    public Func<CancellationToken, Task>? BetweenBlocks { get; set; }

    /// <summary>Awaited before a scan looks at the points; null to look at once. What it throws, the scan throws.</summary>
    public Func<CancellationToken, Task>? BeforeScan { get; set; }

    /// <summary>Told the series before a scan looks at their points; what it throws, the scan throws.</summary>
    public Action<IReadOnlyList<int>>? BeforeScanOf { get; set; }

    /// <summary>Awaited before a batch is kept; null to keep it at once.</summary>
    public Func<CancellationToken, Task>? BeforeAppend { get; set; }

    /// <summary>How many points are kept.</summary>
    public int Count
    {
        get { lock (_gate) return _rows.Count; }
    }

    /// <summary>How many scans are running.</summary>
    public int OpenScans => Volatile.Read(ref _openScans);

    /// <inheritdoc/>
    public StoreStatus Status { get; set; } = new("memory", StoreState.Ready, null, 0, 0, long.MaxValue, 0, 0, 0);

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Adds one point.</summary>
    public void Add(int series, long ticks, double value, double x = double.NaN, double y = double.NaN, ulong sender = 0)
    {
        lock (_gate) _rows.Add(new Row(_rows.Count + 1, series, ticks, value, x, y, sender));
    }

    /// <inheritdoc/>
    public async Task AppendAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        if (BeforeAppend is { } wait) await wait(cancellationToken);
        lock (_gate)
        {
            batch.CommitId = _rows.Count + 1;
            for (var i = 0; i < batch.Count; i++)
            {
                Add(batch.Series[i], batch.Times[i], batch.Values[i], batch.HasLocations ? batch.X[i] : double.NaN, batch.HasLocations ? batch.Y[i] : double.NaN, batch.SenderIds.Length > 0 ? SenderHash.Of(batch.SenderIds[i]) : 0);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openScans);
        try
        {
            if (BeforeScan is { } begin) await begin(cancellationToken);
            BeforeScanOf?.Invoke(query.Series);
            var first = true;
            foreach (var chunk in Select(query).Chunk(BlockSize))
            {
                if (!first && BetweenBlocks is { } wait) await wait(cancellationToken);
                first = false;
                cancellationToken.ThrowIfCancellationRequested();
                yield return ToBlock(chunk);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _openScans);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, long>> DeleteAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var gone = _rows.Where(row => series.Contains(row.Series) && row.Ticks >= range.From && row.Ticks < range.To).ToList();
            _rows.RemoveAll(gone.Contains);
            return Task.FromResult<IReadOnlyDictionary<int, long>>(gone.GroupBy(static row => row.Series).ToDictionary(static group => group.Key, static group => group.LongCount()));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SeriesStats> GetStats()
    {
        lock (_gate)
        {
            return [.. _rows.GroupBy(static row => row.Series)
                .Select(static group => new SeriesStats(group.Key, group.LongCount(), group.Min(static row => row.Ticks), group.Max(static row => row.Ticks)))];
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<Row> Select(PointQuery query)
    {
        List<Row> rows;
        lock (_gate) rows = [.. _rows];
        var chosen = rows.Where(row => row.Id > query.ArrivedAfter && query.Series.Contains(row.Series) && query.Range.Contains(row.Ticks));
        if (query.LocatedOnly) chosen = chosen.Where(static row => !double.IsNaN(row.X));
        if (query.Box is { } box) chosen = chosen.Where(row => box.Contains(row.X, row.Y));
        chosen = query.Descending
            ? chosen.OrderByDescending(static row => (row.Ticks, row.Id))
            : chosen.OrderBy(static row => (row.Ticks, row.Id));
        if (query.After is { } after)
        {
            chosen = chosen.Where(row => query.Descending ? (row.Ticks, row.Id).CompareTo(after) < 0 : (row.Ticks, row.Id).CompareTo(after) > 0);
        }

        return query.Limit is { } limit ? chosen.Take((int)Math.Min(limit, int.MaxValue)) : chosen;
    }

    private static PointBlock ToBlock(Row[] rows)
    {
        var located = rows.Any(static row => !double.IsNaN(row.X));
        return new PointBlock
        {
            Ids = rows.Select(static row => row.Id).ToArray(),
            Series = rows.Select(static row => row.Series).ToArray(),
            Times = rows.Select(static row => row.Ticks).ToArray(),
            Values = rows.Select(static row => row.Value).ToArray(),
            X = located ? rows.Select(static row => row.X).ToArray() : default(ReadOnlyMemory<double>),
            Y = located ? rows.Select(static row => row.Y).ToArray() : default(ReadOnlyMemory<double>),
            Senders = rows.Select(static row => row.Sender).ToArray(),
        };
    }

    private sealed record Row(long Id, int Series, long Ticks, double Value, double X, double Y, ulong Sender);
}
