namespace LiveDash.Core.Storage;

/// <summary>Checks and repairs what is kept while no LiveDash runs on it. Used by one thread, on a store that is not open.</summary>
public interface IStoreMaintenance
{
    /// <summary>Where the data is.</summary>
    string Place { get; }

    /// <summary>Reads everything and changes nothing.</summary>
    /// <returns>A sentence for each fault; empty where all is sound; null where there is no database.</returns>
    /// <exception cref="StoreUnavailableException">Another process has the data, or it cannot be used.</exception>
    IReadOnlyList<string>? Check();

    /// <summary>Makes a new database of all that can be read, and moves the old one aside.</summary>
    /// <param name="now">The clock, for names and records.</param>
    /// <returns>Where the old one is, and what is lost; null where there is no database.</returns>
    /// <exception cref="StoreUnavailableException">Another process has the data, it cannot be used, or there is no room.</exception>
    (string Aside, IReadOnlyList<StoreDamage> Damages)? Repair(DateTimeOffset now);

    /// <summary>Copies all that is committed into a file and checks it, also while a LiveDash runs on the data.</summary>
    /// <param name="file">Its full path; must not be there yet.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>What it holds; null where there is no database.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be made.</exception>
    /// <exception cref="StoreFullException">There is no room.</exception>
    BackupReport? BackUp(string file, CancellationToken cancellationToken);

    /// <summary>Reads a whole backup and changes nothing.</summary>
    /// <returns>A sentence for each fault, and what it holds where there is none.</returns>
    (IReadOnlyList<string> Faults, BackupReport? Report) Verify(string file);

    /// <summary>Puts a backup in the place of the data, and moves that aside.</summary>
    /// <param name="file">The backup; stays as it is.</param>
    /// <param name="now">The clock, for names.</param>
    /// <returns>Where the data of before is, null where there was none; and what there is now.</returns>
    /// <exception cref="StoreUnavailableException">The backup is damaged, another process has the data, or it cannot be written; nothing was changed.</exception>
    (string? Aside, BackupReport Report) Restore(string file, DateTimeOffset now);
}
