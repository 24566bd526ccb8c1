namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Documents as rows, each kept twice, but for pictures of more than <see cref="CopiedBytes"/>: those can be made again, and what people made cannot. Stateless.
/// </summary>
internal static class DocumentTable
{
    /// <summary>Pictures of more bytes stand once.</summary>
    public const int CopiedBytes = 256 * 1024;

    /// <summary>How the kinds of documents end that are pictures: made from points, and made anew where one is lost.</summary>
    private const string Picture = "-image";

    /// <summary>The condition of a row that stands twice.</summary>
    public static readonly string IsCopied = $"(length(body) <= {CopiedBytes} OR kind NOT LIKE '%{Picture}')";

    private static readonly string[] s_tables = ["document", "document_copy"];

    /// <summary>Writes or replaces one.</summary>
    public static void Put(SqliteConnection connection, string kind, string id, ReadOnlySpan<byte> body)
    {
        var sum = RowChecks.OfDocument(kind, id, body);
        foreach (var table in s_tables)
        {
            if (table == "document_copy" && body.Length > CopiedBytes && kind.EndsWith(Picture, StringComparison.Ordinal))
            {
                Delete(connection, table, kind, id);
                continue;
            }

            using var put = connection.Prepare(
                $"INSERT INTO {table} (kind, id, body, sum) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, sum = excluded.sum");
            put.Bind(1, kind).Bind(2, id).Bind(3, body).Bind(4, sum).Run();
        }
    }

    /// <summary>Deletes one, in both places.</summary>
    public static void Delete(SqliteConnection connection, string kind, string id)
    {
        foreach (var table in s_tables) Delete(connection, table, kind, id);
    }

    /// <summary>The kinds that there are, but the store's own.</summary>
    public static List<string> Kinds(SqliteConnection connection)
    {
        var kinds = new List<string>();
        using var rows = connection.Prepare($"SELECT DISTINCT kind FROM document WHERE kind <> '{StoreFacts.Kind}'");
        while (rows.Step()) kinds.Add(rows.Text(0));
        return kinds;
    }

    /// <summary>Makes changes, in order, within the open transaction.</summary>
    public static void Apply(SqliteConnection connection, IReadOnlyList<DocumentChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Body is { } body) Put(connection, change.Kind, change.Id, body);
            else Delete(connection, change.Kind, change.Id);
        }
    }

    /// <summary>One document's bytes, or null. Of a damaged one the copy is given.</summary>
    /// <param name="reader">A connection.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Which.</param>
    /// <param name="damaged">Told where one of the two is damaged.</param>
    public static byte[]? Get(StoreReader reader, string kind, string id, Action<string> damaged)
    {
        foreach (var statement in (SqliteStatement[])[reader.Document, reader.DocumentCopy])
        {
            try
            {
                var row = statement.Bind(1, kind).Bind(2, id);
                // Not there is not damaged: what is walked through at the start says whether one is missing.
                if (!row.Step()) return null;
                var (body, sum) = (row.Blob(0).ToArray(), row.Long(1));
                row.Reset();
                if (sum == RowChecks.OfDocument(kind, id, body)) return body;
                damaged($"the document {kind} '{id}' is damaged");
            }
            catch (SqliteFailure failure) when (failure.IsCorrupt)
            {
                damaged(failure.Message);
            }
        }

        return null;
    }

    /// <summary>Every document of a kind, the sound copy of each.</summary>
    public static List<Document> List(StoreReader reader, string kind, Action<string> damaged)
    {
        var found = new Dictionary<string, Document>(StringComparer.Ordinal);
        var isSound = TryList(reader.Documents, kind, found, damaged);
        if (!isSound) TryList(reader.DocumentCopies, kind, found, damaged);
        return [.. found.Values];
    }

    /// <summary>The bodies of a kind, for the store's own use.</summary>
    public static List<byte[]> Bodies(SqliteConnection connection, string kind)
    {
        var found = new List<byte[]>();
        using var rows = connection.Prepare("SELECT body FROM document WHERE kind = ?");
        rows.Bind(1, kind);
        while (rows.Step()) found.Add(rows.Blob(0).ToArray());
        return found;
    }

    /// <summary>Copies what an earlier version of LiveDash let stand once, if its checksum is right; nearly always there is none.</summary>
    public static void Complete(SqliteConnection connection)
    {
        var lone = new List<(string Kind, string Id, byte[] Body)>();
        using (var rows = connection.Prepare($"SELECT kind, id, body, sum FROM document NOT INDEXED WHERE length(body) > {CopiedBytes} AND {IsCopied}"))
        {
            while (rows.Step())
            {
                var (kind, id, body) = (rows.Text(0), rows.Text(1), rows.Blob(2).ToArray());
                using var copy = connection.Prepare("SELECT 1 FROM document_copy WHERE kind = ? AND id = ?");
                if (rows.Long(3) == RowChecks.OfDocument(kind, id, body) && !copy.Bind(1, kind).Bind(2, id).Step()) lone.Add((kind, id, body));
            }
        }

        foreach (var (kind, id, body) in lone) Put(connection, kind, id, body);
    }

    /// <summary>
    /// Walks through both copies and their indexes, so that damage to the tables' order is met now and not in the middle of work. Bodies that overflow their page are
    /// not read: each is checked when somebody asks for it.
    /// </summary>
    /// <exception cref="InvalidDataException">The copies differ.</exception>
    /// <exception cref="SqliteFailure">The file is damaged.</exception>
    public static void Verify(SqliteConnection connection)
    {
        foreach (var table in s_tables)
        {
            var rows = connection.Scalar($"SELECT count(length(kind) + length(id) + length(body) + sum) FROM {table} NOT INDEXED");
            var indexed = connection.Scalar($"SELECT count(length(kind) + length(id)) FROM {table} INDEXED BY sqlite_autoindex_{table}_1");
            if (rows != indexed) throw new InvalidDataException("The index of the documents is damaged.");
        }

        var copied = connection.Scalar($"SELECT count(*) FROM document NOT INDEXED WHERE {IsCopied}");
        if (connection.Scalar("SELECT count(*) FROM document_copy NOT INDEXED") != copied) throw new InvalidDataException("The two copies of the documents differ.");
    }

    private static bool TryList(SqliteStatement rows, string kind, Dictionary<string, Document> found, Action<string> damaged)
    {
        var isSound = true;
        try
        {
            rows.Bind(1, kind);
            while (rows.Step())
            {
                var (id, body) = (rows.Text(0), rows.Blob(1).ToArray());
                if (rows.Long(2) == RowChecks.OfDocument(kind, id, body))
                {
                    found.TryAdd(id, new Document(kind, id, body));
                    continue;
                }

                isSound = false;
                damaged($"the document {kind} '{id}' is damaged");
            }

            return isSound;
        }
        catch (SqliteFailure failure) when (failure.IsCorrupt)
        {
            damaged(failure.Message);
            return false;
        }
    }

    private static void Delete(SqliteConnection connection, string table, string kind, string id)
    {
        using var delete = connection.Prepare($"DELETE FROM {table} WHERE kind = ? AND id = ?");
        delete.Bind(1, kind).Bind(2, id).Run();
    }
}
