using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Shared;

/// <summary>A store in memory whose commits the test holds back or refuses. Thread-safe; scans nothing.</summary>
public sealed class FakePointStore : IPointStore
{
    private readonly Lock _gate = new();
    private readonly List<(int Series, long Ticks, double Value)> _kept = [];

    /// <summary>What is opened and closed along with it, since documents live there too; or null.</summary>
    public IPointStore? Beside { get; set; }

    /// <summary>What every commit waits for.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>What every commit fails with, or null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What was committed, in order.</summary>
    public IReadOnlyList<(int Series, long Ticks, double Value)> Kept
    {
        get { lock (_gate) return [.. _kept]; }
    }

    /// <inheritdoc/>
    public StoreStatus Status => new("fake", StoreState.Ready, null, Kept.Count, 0, 0, Kept.Count, 0, 0);

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Beside?.OpenAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async Task AppendAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        batch.Retain();
        try
        {
            await Hold;
            if (Failure is not null) throw Failure;
            lock (_gate)
            {
                for (var i = 0; i < batch.Count; i++) _kept.Add((batch.Series[i], batch.Times[i], batch.Values[i]));
            }
        }
        finally
        {
            batch.Release();
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken) => AsyncEnumerable.Empty<PointBlock>();

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, long>> DeleteAsync(IReadOnlyList<int> series, TimeRange range, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long>());

    /// <inheritdoc/>
    public IReadOnlyList<SeriesStats> GetStats() => [];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Beside?.DisposeAsync() ?? ValueTask.CompletedTask;
}
