using SQLitePCL;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Loads the packaged SQLite once. Thread-safe.</summary>
internal static class SqliteNative
{
    private static readonly Lazy<string> Loaded = new(static () =>
    {
        Batteries_V2.Init();
        return "SQLite " + raw.sqlite3_libversion().utf8_to_string();
    });

    /// <summary>Loads the library at the first call and tells its version, such as <c>SQLite 3.53.4</c>.</summary>
    public static string Version => Loaded.Value;
}
