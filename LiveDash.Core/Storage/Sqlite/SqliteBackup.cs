namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Copies a database into one file, reading a snapshot: who writes meanwhile is not waited for and does not wait, also where that is another process. Free pages are left behind,
/// and with them what was deleted. Stateless.
/// </summary>
internal static class SqliteBackup
{
    // Beyond the size of the database: for what is written meanwhile on the same disk.
    private const long SpareBytes = 64L * 1024 * 1024;

    /// <summary>Makes the copy and checks it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made, or is damaged.</exception>
    /// <exception cref="StoreFullException">There is no room.</exception>
    public static BackupReport Make(string database, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        try
        {
            if (File.Exists(file)) throw new StoreUnavailableException($"'{file}' is there already; a backup never writes over a file.");
            var needed = new FileInfo(database).Length + SpareBytes;
            if (new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace is var free && free < needed) throw new StoreFullException($"There is no room for a backup in '{Path.GetDirectoryName(file)}': {free >> 20:N0} MiB are free, {needed >> 20:N0} are needed.");
            File.Delete(part);
            // Made before, so that nobody else can read it for a moment.
            new FileStream(part, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();
            Copy(database, part, cancellationToken);
            if (Verify(part) is { Count: > 0 } faults) throw new StoreUnavailableException($"The backup is damaged, and so may be the database: {faults[0]}");
            // A rename is only as good as what is on disk before it.
            using (var written = new FileStream(part, OwnerOnly.Options(FileMode.Open, FileAccess.ReadWrite))) written.Flush(flushToDisk: true);
            File.Move(part, file);
            return Report(file);
        }
        catch (SqliteFailure failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failure.IsFull ? new StoreFullException($"The disk of '{file}' is full; nothing was kept of the backup.") : new StoreUnavailableException($"The backup '{file}' could not be made: {failure.Message}", failure);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not (StoreFullException or StoreUnavailableException)))
        {
            throw new StoreUnavailableException($"The backup '{file}' could not be written: {exception.Message}", exception);
        }
        finally
        {
            foreach (var left in (string[])[part, part + "-journal"]) Remove(left);
        }
    }

    /// <summary>Reads a whole backup.</summary>
    /// <returns>A sentence for each fault; empty where it is sound.</returns>
    public static IReadOnlyList<string> Verify(string file)
    {
        if (!File.Exists(file)) return [$"'{file}' is not there."];
        try
        {
            using var connection = SqliteConnection.Open(file, write: false);
            if (connection.Scalar("PRAGMA application_id") != StoreSchema.ApplicationId) return [$"'{file}' is no backup of LiveDash."];
            var version = connection.Scalar("PRAGMA user_version");
            if (version > StoreSchema.Version) return [$"'{file}' was made by a newer LiveDash (format {version}, this one knows {StoreSchema.Version})."];
        }
        catch (SqliteFailure failure)
        {
            return [$"'{file}' cannot be read: {failure.Message}"];
        }

        return StoreCheck.Run(file, write: false);
    }

    /// <summary>What a sound backup holds.</summary>
    public static BackupReport Report(string file)
    {
        using var connection = SqliteConnection.Open(file, write: false);
        return new BackupReport(
            file,
            new FileInfo(file).Length,
            connection.Scalar("SELECT coalesce(sum(points), 0) FROM block") + connection.Scalar("SELECT coalesce(sum(points), 0) FROM log"),
            connection.Scalar("SELECT count(*) FROM series"),
            connection.Scalar($"SELECT count(*) FROM document WHERE kind <> '{StoreFacts.Kind}'"));
    }

    private static void Copy(string database, string into, CancellationToken cancellationToken)
    {
        // Not for reading alone: after a crash there may be a log to take up first.
        using var connection = SqliteConnection.Open(database, write: true);
        using var broken = cancellationToken.Register(connection.Interrupt);
        using var copy = connection.Prepare("VACUUM INTO ?");
        copy.Bind(1, into).Run();
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next backup of that name deletes it.
        }
    }
}
