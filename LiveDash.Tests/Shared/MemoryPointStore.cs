using System.Runtime.CompilerServices;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Shared;

/// <summary>A store in memory that answers every query plainly. Scans wait for <see cref="Hold"/>. Thread-safe.</summary>
public sealed class MemoryPointStore : IPointStore
{
    private readonly Lock _gate = new();
    private readonly List<Kept> _kept = [];

    /// <summary>What every scan waits for before it looks at the points.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>What every scan fails with, or null.</summary>
    public Exception? Failure { get; set; }

    /// <inheritdoc/>
    public StoreStatus Status => new("memory", StoreState.Ready, null, 0, 0, 0, 0, 0, 0);

    /// <summary>Keeps one point.</summary>
    public void Add(int series, long ticks, double value, double x = double.NaN, double y = double.NaN)
    {
        lock (_gate) _kept.Add(new Kept(_kept.Count + 1, series, ticks, value, x, y));
    }

    /// <summary>Keeps a batch.</summary>
    public void Add(PointBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Add(batch.Series[i], batch.Times[i], batch.Values[i],
                batch.HasLocations ? batch.X[i] : double.NaN, batch.HasLocations ? batch.Y[i] : double.NaN);
        }
    }

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task AppendAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        Add(batch);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Hold.WaitAsync(cancellationToken);
        if (Failure is not null) throw Failure;
        Kept[] found;
        lock (_gate)
        {
            var all = _kept.Where(k => query.Series.Contains(k.Series) && query.Range.Contains(k.Ticks) && (!query.LocatedOnly || !double.IsNaN(k.X)));
            var ordered = query.Descending
                ? all.OrderByDescending(k => k.Ticks).ThenByDescending(k => k.Id)
                : all.OrderBy(k => k.Ticks).ThenBy(k => k.Id);
            found = [.. ordered.Take((int)Math.Min(query.Limit ?? int.MaxValue, int.MaxValue))];
        }

        // Small blocks, so that readers meet several.
        foreach (var block in found.Chunk(7))
        {
            yield return new PointBlock
            {
                Ids = Array.ConvertAll(block, k => k.Id),
                Series = Array.ConvertAll(block, k => k.Series),
                Times = Array.ConvertAll(block, k => k.Ticks),
                Values = Array.ConvertAll(block, k => k.Value),
                X = Array.ConvertAll(block, k => k.X),
                Y = Array.ConvertAll(block, k => k.Y),
            };
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SeriesStats> GetStats()
    {
        lock (_gate)
        {
            return [.. _kept.GroupBy(k => k.Series).Select(g => new SeriesStats(g.Key, g.Count(), g.Min(k => k.Ticks), g.Max(k => k.Ticks)))];
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Kept(long Id, int Series, long Ticks, double Value, double X, double Y);
}
