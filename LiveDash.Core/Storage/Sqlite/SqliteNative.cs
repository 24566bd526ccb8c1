using System.Runtime.InteropServices;
using SQLitePCL;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Chooses the SQLite library. The provider asks for a native <c>e_sqlite3</c>, whose package holds SQLite 3.35.5 of 2021; this answers with the
/// system's library where there is one (with its security patches) and lets the packaged one serve otherwise. Can go when a current
/// SQLitePCLRaw.lib package restores. Thread-safe.
/// </summary>
internal static class SqliteNative
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads the library at the first call and tells its version, such as <c>SQLite 3.40.1</c>.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) =>
            name == "e_sqlite3" && !OperatingSystem.IsWindows()
            && (NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) || NativeLibrary.TryLoad("libsqlite3.dylib", out handle))
                ? handle : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return "SQLite " + raw.sqlite3_libversion().utf8_to_string();
    }
}
