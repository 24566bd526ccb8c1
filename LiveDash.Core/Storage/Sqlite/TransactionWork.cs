namespace LiveDash.Core.Storage.Sqlite;

/// <summary>A change that gets its own transaction.</summary>
/// <param name="change">Runs within the transaction.</param>
/// <param name="committed">Runs after the commit, before anything else is committed; null for nothing.</param>
/// <param name="kind">Whether it may be tried when the disk is full.</param>
internal sealed class TransactionWork(Action<SqliteConnection> change, Action? committed, TransactionKind kind) : WriterWork
{
    /// <summary>Runs within the transaction.</summary>
    public Action<SqliteConnection> Change { get; } = change;

    /// <summary>Runs after the commit.</summary>
    public Action? Committed { get; } = committed;

    /// <summary>About how many bytes it writes, which decides when the log is copied into the database. Default 64 KiB.</summary>
    public long Bytes { get; init; } = 64 * 1024;

    /// <summary>Whether it may be tried when the disk is full.</summary>
    public TransactionKind Kind { get; } = kind;
}
