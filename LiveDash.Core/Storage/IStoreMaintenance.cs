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
}
