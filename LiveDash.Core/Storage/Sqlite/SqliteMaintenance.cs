namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Checks and repairs the embedded database of a data directory.</summary>
internal sealed class SqliteMaintenance(string directory) : IStoreMaintenance
{
    /// <inheritdoc/>
    public string Place => directory;

    /// <inheritdoc/>
    public IReadOnlyList<string>? Check()
    {
        if (!HasDatabase()) return null;
        using var files = new StoreFiles(directory, 0);
        files.Acquire();
        return StoreCheck.Run(files.Database);
    }

    /// <inheritdoc/>
    public (string Aside, IReadOnlyList<StoreDamage> Damages)? Repair(DateTimeOffset now)
    {
        if (!HasDatabase()) return null;
        using var files = new StoreFiles(directory, 0);
        files.Acquire();
        return StoreRepair.Run(files, now, "asked for");
    }

    // Asked before the directory is taken, which would make one.
    private bool HasDatabase() => new[] { "livedash.db", "livedash.db-wal" }.Any(name => new FileInfo(Path.Combine(directory, name)) is { Exists: true, Length: > 0 });
}
