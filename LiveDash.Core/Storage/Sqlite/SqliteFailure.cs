using SQLitePCL;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>SQLite refused something.</summary>
/// <param name="code">The extended result code.</param>
/// <param name="message">What SQLite says.</param>
internal sealed class SqliteFailure(int code, string message) : IOException($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The primary result code.</summary>
    public int Primary => Code & 0xff;

    /// <summary>No space on the disk, as SQLite sees it.</summary>
    public bool IsFull => Primary == raw.SQLITE_FULL;

    /// <summary>Another process holds the database.</summary>
    public bool IsBusy => Primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>The file is not a database, or a damaged one.</summary>
    public bool IsCorrupt => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT;

    /// <summary>SQLite does not know what to make of a statement that it knew before: the schema is damaged. Told apart from <see cref="IsCorrupt"/> because only at the start it can mean that.</summary>
    public bool IsError => Primary is raw.SQLITE_ERROR or raw.SQLITE_MISUSE or raw.SQLITE_CONSTRAINT;

    /// <summary>The operating system failed to read, write or sync.</summary>
    public bool IsInputOutput => Primary is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM;
}
