using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A true store in a folder of its own, which can be closed and opened again, or cut off as by a crash.</summary>
internal sealed class TempStore : IAsyncDisposable
{
    private readonly Action<StorageOptions>? _configure;
    private readonly bool _ownsDirectory;

    private TempStore(string directory, bool ownsDirectory, Action<StorageOptions>? configure)
    {
        (Directory, _ownsDirectory, _configure) = (directory, ownsDirectory, configure);
        Create();
    }

    public string Directory { get; }

    public string Database => Path.Combine(Directory, "livedash.db");

    public StorageOptions Options { get; private set; } = null!;

    public SeriesCatalog Catalog { get; private set; } = null!;

    public StoreEngine Engine { get; private set; } = null!;

    public SqlitePointStore Points { get; private set; } = null!;

    public SqliteDocumentStore Documents { get; private set; } = null!;

    public static async Task<TempStore> OpenAsync(Action<StorageOptions>? configure = null)
    {
        var store = new TempStore(System.IO.Directory.CreateTempSubdirectory("livedash-store-").FullName, true, configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    /// <summary>A store over a folder that is there already, not opened yet.</summary>
    public static TempStore At(string directory, Action<StorageOptions>? configure = null) => new(directory, false, configure);

    public async Task ReopenAsync()
    {
        await Points.DisposeAsync();
        Create();
        await Points.OpenAsync(default);
    }

    /// <summary>The files as a crash at this moment would leave them: the database and its log, copied while the store runs.</summary>
    public string CrashImage()
    {
        var image = System.IO.Directory.CreateTempSubdirectory("livedash-crash-").FullName;
        foreach (var suffix in (string[])["", "-wal"])
        {
            if (File.Exists(Database + suffix)) File.Copy(Database + suffix, Path.Combine(image, "livedash.db" + suffix));
        }

        return image;
    }

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

    public async ValueTask DisposeAsync()
    {
        await Points.DisposeAsync();
        if (_ownsDirectory) System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Create()
    {
        Options = new StorageOptions { DataDirectory = Directory, BallastBytes = 0 };
        _configure?.Invoke(Options);
        Catalog = new SeriesCatalog(new Limits());
        Engine = new StoreEngine(Options, Catalog, new ManualTime(), NullLogger<StoreEngine>.Instance);
        Points = new SqlitePointStore(Engine);
        Documents = new SqliteDocumentStore(Engine);
    }
}
