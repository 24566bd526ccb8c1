using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>Documents as rows. Writing is for the writer's thread, reading for any.</summary>
internal sealed class PostgresDocuments(PostgresSession session, NpgsqlDataSource readers)
{
    private long _bytes;

    /// <summary>About how many bytes documents take, as of the last measuring; may be asked by any thread.</summary>
    public long Bytes
    {
        get => Interlocked.Read(ref _bytes);
        set => Interlocked.Exchange(ref _bytes, value);
    }

    /// <summary>Makes all changes, in order.</summary>
    /// <exception cref="UnfinishedChangeException">The outcome is unknown: they are made once the database can be reached.</exception>
    public void Write(IReadOnlyList<DocumentChange> changes)
    {
        // The last of each is what counts, and one statement may not touch a row twice.
        var last = changes.GroupBy(static change => (change.Kind, change.Id)).Select(static same => same.Last()).ToList();
        void Work(NpgsqlConnection connection) => Apply(connection, last);
        try
        {
            session.Transact(Work, ifNot: Work);
        }
        catch (Exception e) when (session.IsInDoubt && PostgresTrouble.IsPassing(e))
        {
            throw new UnfinishedChangeException(PostgresTrouble.Describe(e), e);
        }
    }

    /// <summary>One document's bytes, or null.</summary>
    public async Task<byte[]?> GetAsync(string kind, string id, CancellationToken cancellationToken)
    {
        var connection = await readers.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = connection.Command("SELECT body FROM document WHERE kind = $1 AND id = $2", kind, id);
            await using (command.ConfigureAwait(false)) return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as byte[];
        }
    }

    /// <summary>Every document of a kind.</summary>
    public async Task<List<Document>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        var connection = await readers.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var command = connection.Command("SELECT id, body FROM document WHERE kind = $1", kind);
            await using (command.ConfigureAwait(false))
            {
                var found = new List<Document>();
                var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (rows.ConfigureAwait(false))
                {
                    while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(new Document(kind, rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
                }

                return found;
            }
        }
    }

    /// <summary>The kinds that there are.</summary>
    public List<string> Kinds()
    {
        using var connection = readers.OpenConnection();
        using var command = connection.Command("SELECT DISTINCT kind FROM document");
        using var rows = command.ExecuteReader();
        var kinds = new List<string>();
        while (rows.Read()) kinds.Add(rows.GetString(0));
        return kinds;
    }

    private static void Apply(NpgsqlConnection connection, List<DocumentChange> changes)
    {
        var (puts, deletions) = (changes.Where(static change => change.Body is not null).ToList(), changes.Where(static change => change.Body is null).ToList());
        if (deletions.Count > 0)
        {
            connection.Do(
                "DELETE FROM document d USING unnest($1, $2) AS gone (kind, id) WHERE d.kind = gone.kind AND d.id = gone.id",
                deletions.Select(static one => one.Kind).ToArray(), deletions.Select(static one => one.Id).ToArray());
        }

        // Some at a time: what is sent in one statement is held in memory on both sides.
        foreach (var some in Pieces(puts))
        {
            connection.Do(
                "INSERT INTO document (kind, id, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                some.Select(static one => one.Kind).ToArray(), some.Select(static one => one.Id).ToArray(), some.Select(static one => one.Body!).ToArray());
        }
    }

    private static IEnumerable<List<DocumentChange>> Pieces(List<DocumentChange> puts)
    {
        const int MostBytes = 8 << 20;
        var (piece, bytes) = (new List<DocumentChange>(), 0L);
        foreach (var put in puts)
        {
            if (piece.Count > 0 && (bytes + put.Body!.Length > MostBytes || piece.Count == 1000))
            {
                yield return piece;
                (piece, bytes) = ([], 0);
            }

            piece.Add(put);
            bytes += put.Body!.Length;
        }

        if (piece.Count > 0) yield return piece;
    }
}
