namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Keeps documents in the same database as the points. Thread-safe; open once the point store is.</summary>
public sealed class SqliteDocumentStore(StoreEngine engine) : IDocumentStore
{
    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken) =>
        Task.Run(() => engine.Parts.Readers.Read(reader => Get(reader, kind, id)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Document>> ListAsync(string kind, CancellationToken cancellationToken) =>
        Task.Run(() => engine.Parts.Readers.Read(reader => List(reader, kind)), cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0) return Task.CompletedTask;
        var frees = changes.All(static change => change.Body is null);
        var work = new TransactionWork(connection => Apply(connection, changes), null, frees ? TransactionKind.Frees : TransactionKind.Adds)
        {
            Bytes = changes.Sum(static change => 8192L + (change.Body?.Length ?? 0)),
        };
        return engine.Writer.ChangeAsync(work, cancellationToken);
    }

    private static byte[]? Get(StoreReader reader, string kind, string id)
    {
        var rows = reader.Document.Bind(1, kind).Bind(2, id);
        if (!rows.Step()) return null;
        var body = rows.Blob(0).ToArray();
        rows.Reset();
        return body;
    }

    private static IReadOnlyList<Document> List(StoreReader reader, string kind)
    {
        var found = new List<Document>();
        var rows = reader.Documents.Bind(1, kind);
        while (rows.Step()) found.Add(new Document(kind, rows.Text(0), rows.Blob(1).ToArray()));
        // SQLite orders by UTF-8 bytes, which differs from ordinal order beyond the first 65,536 characters.
        found.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        return found;
    }

    private static void Apply(SqliteConnection connection, IReadOnlyList<DocumentChange> changes)
    {
        using var put = connection.Prepare(
            "INSERT INTO document (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body");
        using var delete = connection.Prepare("DELETE FROM document WHERE kind = ? AND id = ?");
        foreach (var change in changes)
        {
            if (change.Body is { } body) put.Bind(1, change.Kind).Bind(2, change.Id).Bind(3, body).Run();
            else delete.Bind(1, change.Kind).Bind(2, change.Id).Run();
        }
    }
}
