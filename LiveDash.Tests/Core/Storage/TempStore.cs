using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>The embedded store in a folder of its own.</summary>
internal sealed class TempStore : StoreHarness
{
    private readonly bool _ownsDirectory;
    private int _commitsLeft = int.MaxValue;
    private Exception? _trouble;

    private TempStore(string directory, bool ownsDirectory, Action<StorageOptions>? configure)
        : base(configure)
    {
        (Directory, _ownsDirectory) = (directory, ownsDirectory);
        Create();
    }

    public string Directory { get; }

    public string Database => Path.Combine(Directory, "livedash.db");

    public SqliteDatabase Sqlite => (SqliteDatabase)Engine.Database;

    public override string EngineName => "SQLite 3.";

    public static async Task<TempStore> OpenAsync(Action<StorageOptions>? configure = null)
    {
        var store = new TempStore(System.IO.Directory.CreateTempSubdirectory("livedash-store-").FullName, true, configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    /// <summary>A store over a folder that is there already, not opened yet.</summary>
    public static TempStore At(string directory, Action<StorageOptions>? configure = null) => new(directory, false, configure);

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

    public override void CutAfter(int writes) => _commitsLeft = writes;

    public override async Task<StoreHarness> AfterCrashAsync()
    {
        var image = new TempStore(CrashImage(), true, null);
        await image.Points.OpenAsync(default);
        return image;
    }

    public override void SetFull(bool full) => _trouble = full ? new SqliteFailure(13, "database or disk is full") : null;

    public override void Break() => _trouble = new SqliteFailure(1034, "disk I/O error");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDirectory) System.IO.Directory.Delete(Directory, recursive: true);
    }

    protected override void Prepare(StorageOptions options)
    {
        options.DataDirectory = Directory;
        options.BeforeCommit = () =>
        {
            if (_commitsLeft-- <= 0) throw new SqliteFailure(1034, "cut off");
            if (_trouble is not null) throw _trouble;
        };
    }

    protected override IBlockDatabase MakeDatabase(StorageOptions options) => new SqliteDatabase(options, new ManualTime());
}
