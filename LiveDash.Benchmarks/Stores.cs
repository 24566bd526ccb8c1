using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks;

/// <summary>Stores put together without the rest of the program.</summary>
internal static class Stores
{
    /// <summary>The embedded store over a directory, not opened yet.</summary>
    public static StoreEngine Embedded(string directory, SeriesCatalog catalog)
    {
        var options = new StorageOptions { DataDirectory = directory };
        return new StoreEngine(new SqliteDatabase(options, TimeProvider.System), options, catalog, TimeProvider.System, NullLogger<StoreEngine>.Instance);
    }
}
