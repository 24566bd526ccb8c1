namespace LiveDash.Core.Storage.Sqlite;

/// <summary>How large the database file is.</summary>
/// <param name="Total">All its pages.</param>
/// <param name="Free">Pages within it that hold nothing.</param>
/// <param name="PageBytes">The size of a page.</param>
internal readonly record struct PageCounts(long Total, long Free, long PageBytes)
{
    /// <summary>Bytes that hold something.</summary>
    public long UsedBytes => (Total - Free) * PageBytes;
}
