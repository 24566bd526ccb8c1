using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A true store that can be closed and opened again, cut off as by a crash, or brought into trouble.</summary>
internal abstract class StoreHarness(Action<StorageOptions>? configure) : IAsyncDisposable
{
    public StorageOptions Options { get; private set; } = null!;

    public ManualTime Clock { get; } = new();

    public SeriesCatalog Catalog { get; private set; } = null!;

    public StoreEngine Engine { get; private set; } = null!;

    public BlockPointStore Points { get; private set; } = null!;

    public BlockDocumentStore Documents { get; private set; } = null!;

    /// <summary>How its engine begins its name.</summary>
    public abstract string EngineName { get; }

    public async Task ReopenAsync()
    {
        await Points.DisposeAsync();
        Create();
        await Points.OpenAsync(default);
    }

    /// <summary>From now on so many more writes reach the database; then it is as if the process had died.</summary>
    public abstract void CutAfter(int writes);

    /// <summary>A second store over what a crash at this moment leaves, opened.</summary>
    public abstract Task<StoreHarness> AfterCrashAsync();

    /// <summary>The database has no space, or has some again.</summary>
    public abstract void SetFull(bool full);

    /// <summary>The next write fails in a way after which nothing more may be written.</summary>
    public abstract void Break();

    public Task SealAsync() => Engine.Keeper.SealAsync();

    public Task StepAsync(DateTimeOffset now) => Engine.Keeper.StepAsync(now);

    public int Series(string text)
    {
        Assert.True(SeriesKey.TryParse(text, out var key));
        Assert.True(Catalog.TryIntern(key!, out var series));
        return series;
    }

    public async Task AppendAsync(params IEnumerable<StoredPoint> points)
    {
        var batch = PointBatch.Rent();
        try
        {
            foreach (var p in points) batch.Add(p.Series, p.Ticks, p.Value, p.X, p.Y, p.SenderId);
            await Points.AppendAsync(batch, default);
        }
        finally
        {
            batch.Release();
        }
    }

    public Task<List<StoredPoint>> ScanAsync(params int[] series) => ScanAsync(new PointQuery { Series = series });

    public async Task<List<StoredPoint>> ScanAsync(PointQuery query)
    {
        var found = new List<StoredPoint>();
        await foreach (var block in Points.ScanAsync(query, default)) found.AddRange(StoredPoint.Of(block));
        return found;
    }

    public virtual ValueTask DisposeAsync() => Points.DisposeAsync();

    protected abstract IBlockDatabase MakeDatabase(StorageOptions options);

    protected void Create()
    {
        Options = new StorageOptions { BallastBytes = 0 };
        Prepare(Options);
        configure?.Invoke(Options);
        Catalog = new SeriesCatalog(new Limits());
        Engine = new StoreEngine(MakeDatabase(Options), Options, Catalog, Clock, NullLogger<StoreEngine>.Instance);
        Points = new BlockPointStore(Engine);
        Documents = new BlockDocumentStore(Engine);
    }

    protected virtual void Prepare(StorageOptions options)
    {
    }
}
