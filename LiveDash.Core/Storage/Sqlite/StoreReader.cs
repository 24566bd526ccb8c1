namespace LiveDash.Core.Storage.Sqlite;

/// <summary>A read-only connection with its statements; used by one thread at a time.</summary>
internal sealed class StoreReader : IDisposable
{
    private readonly SqliteConnection _connection;

    public StoreReader(string path)
    {
        _connection = SqliteConnection.Open(path, write: false);
        StoreSchema.PrepareReader(_connection);
        Document = _connection.Prepare("SELECT body, sum FROM document WHERE kind = ? AND id = ?");
        Documents = _connection.Prepare("SELECT id, body, sum FROM document WHERE kind = ?");
        DocumentCopy = _connection.Prepare("SELECT body, sum FROM document_copy WHERE kind = ? AND id = ?");
        DocumentCopies = _connection.Prepare("SELECT id, body, sum FROM document_copy WHERE kind = ?");
        Body = _connection.Prepare("SELECT bytes FROM body WHERE id = ?");
    }

    /// <summary>One sealed block's body by id.</summary>
    public SqliteStatement Body { get; }

    /// <summary>One document's body by kind and id.</summary>
    public SqliteStatement Document { get; }

    /// <summary>Ids and bodies of a kind.</summary>
    public SqliteStatement Documents { get; }

    /// <summary>The copy of one document by kind and id.</summary>
    public SqliteStatement DocumentCopy { get; }

    /// <summary>The copies of a kind.</summary>
    public SqliteStatement DocumentCopies { get; }

    /// <summary>How large the file is.</summary>
    public PageCounts Pages() => new(
        _connection.Scalar("PRAGMA page_count"), _connection.Scalar("PRAGMA freelist_count"), _connection.Scalar("PRAGMA page_size"));

    /// <inheritdoc/>
    public void Dispose()
    {
        Document.Dispose();
        Documents.Dispose();
        DocumentCopy.Dispose();
        DocumentCopies.Dispose();
        Body.Dispose();
        _connection.Dispose();
    }
}
