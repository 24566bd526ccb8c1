using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Storage;

/// <summary>A store over a database in memory.</summary>
internal sealed class MemoryStore : StoreHarness
{
    private readonly MemoryDisk _disk;
    private MemoryDatabase? _database;

    private MemoryStore(MemoryDisk disk, Action<StorageOptions>? configure)
        : base(configure)
    {
        _disk = disk;
        Create();
    }

    public override string EngineName => "memory";

    public static async Task<MemoryStore> OpenAsync(Action<StorageOptions>? configure = null)
    {
        var store = new MemoryStore(new MemoryDisk(), configure);
        await store.Points.OpenAsync(default);
        return store;
    }

    public override void CutAfter(int writes) => _database!.WritesLeft = writes;

    public override async Task<StoreHarness> AfterCrashAsync()
    {
        var after = new MemoryStore(_disk.Copy(), null);
        await after.Points.OpenAsync(default);
        return after;
    }

    public override void SetFull(bool full) => _database!.IsFull = full;

    public override void Break() => _database!.IsBroken = true;

    protected override IBlockDatabase MakeDatabase(StorageOptions options) => _database = new MemoryDatabase(_disk);
}
