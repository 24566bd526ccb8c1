namespace LiveDash.Core.Storage;

/// <summary>Copies the whole store while it runs. Thread-safe.</summary>
public interface IStoreBackup
{
    /// <summary>
    /// Makes a file that holds everything that was committed before the call, and nothing by halves; points and settings are taken meanwhile. The file is on disk and was
    /// checked when it returns.
    /// </summary>
    /// <param name="file">Its full path; must not be there yet.</param>
    /// <param name="cancellationToken">Breaks it off; nothing is left of it.</param>
    /// <exception cref="NotSupportedException">The database has tools of its own for that.</exception>
    /// <exception cref="StoreFullException">There is no room for it.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be made, or what was made is damaged.</exception>
    Task<BackupReport> BackUpAsync(string file, CancellationToken cancellationToken);
}
