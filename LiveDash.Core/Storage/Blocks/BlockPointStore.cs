using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Keeps points in a database: a log row a commit, sealed later into columnar blocks. Thread-safe.</summary>
internal sealed class BlockPointStore(StoreEngine engine) : IPointStore
{
    /// <inheritdoc/>
    public StoreStatus Status => engine.Status;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            engine.StandBy(cancellationToken);
            engine.Open();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Count == 0 ? Task.CompletedTask : engine.Writer.AppendAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReplaceAsync(IReadOnlyList<PointChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return engine.Keeper.ReplaceAsync(changes);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return PointScan.RunAsync(engine, query, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, long>> DeleteAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(series);
        return engine.IsOpen ? engine.Keeper.EraseAsync(series, range, cancellationToken) : Task.FromException<IReadOnlyDictionary<int, long>>(StoreEngine.NotOpen());
    }

    /// <inheritdoc/>
    public IReadOnlyList<SeriesStats> GetStats() => engine.Index.Stats();

    /// <inheritdoc/>
    public SeriesStats? FindStats(int series) => engine.Index.FindStats(series);

    /// <inheritdoc/>
    public StoredSummaries? FindSummaries(int series, TimeRange range) => engine.Index.FindSummaries(series, range);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
