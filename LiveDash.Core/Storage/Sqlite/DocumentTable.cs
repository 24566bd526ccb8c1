namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Documents as rows.</summary>
internal static class DocumentTable
{
    /// <summary>Makes changes, in order, within the open transaction.</summary>
    public static void Apply(SqliteConnection connection, IReadOnlyList<DocumentChange> changes)
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

    /// <summary>One document's bytes, or null.</summary>
    public static byte[]? Get(StoreReader reader, string kind, string id)
    {
        var rows = reader.Document.Bind(1, kind).Bind(2, id);
        if (!rows.Step()) return null;
        var body = rows.Blob(0).ToArray();
        rows.Reset();
        return body;
    }

    /// <summary>The kinds that there are.</summary>
    public static List<string> Kinds(SqliteConnection connection)
    {
        var kinds = new List<string>();
        using var rows = connection.Prepare("SELECT DISTINCT kind FROM document");
        while (rows.Step()) kinds.Add(rows.Text(0));
        return kinds;
    }

    /// <summary>Every document of a kind.</summary>
    public static List<Document> List(StoreReader reader, string kind)
    {
        var found = new List<Document>();
        var rows = reader.Documents.Bind(1, kind);
        while (rows.Step()) found.Add(new Document(kind, rows.Text(0), rows.Blob(1).ToArray()));
        return found;
    }
}
