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

    /// <inheritdoc/>
    public BackupReport? BackUp(string file, CancellationToken cancellationToken)
    {
        if (!HasDatabase()) return null;
        // Without the lock, which a server that runs holds: what it commits is read as any reader does.
        return SqliteBackup.Make(Path.Combine(directory, "livedash.db"), file, cancellationToken);
    }

    /// <inheritdoc/>
    public (IReadOnlyList<string> Faults, BackupReport? Report) Verify(string file) =>
        SqliteBackup.Verify(file) is { Count: > 0 } faults ? (faults, null) : ([], SqliteBackup.Report(file));

    /// <inheritdoc/>
    public (string? Aside, BackupReport Report) Restore(string file, DateTimeOffset now)
    {
        if (SqliteBackup.Verify(file) is { Count: > 0 } faults) throw new StoreUnavailableException($"Nothing was restored: {faults[0]}");
        var hasDatabase = HasDatabase();
        using var files = new StoreFiles(directory, 0);
        files.Acquire();
        var copy = files.Database + ".restoring";
        try
        {
            File.Delete(copy);
            using (var from = File.OpenRead(file))
            using (var into = new FileStream(copy, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)))
            {
                from.CopyTo(into);
                into.Flush(flushToDisk: true);
            }

            var aside = hasDatabase ? files.MoveAside(now, "replaced") : null;
            File.Move(copy, files.Database, overwrite: true);
            return (aside, SqliteBackup.Report(files.Database) with { File = file });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The backup could not be put into '{directory}': {exception.Message}", exception);
        }
        finally
        {
            if (File.Exists(copy)) File.Delete(copy);
        }
    }

    // Asked before the directory is taken, which would make one.
    private bool HasDatabase() => new[] { "livedash.db", "livedash.db-wal" }.Any(name => new FileInfo(Path.Combine(directory, name)) is { Exists: true, Length: > 0 });
}
