using System.Data;
using LiveDash.Core.Model;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>
/// Writes sealed blocks: first the blocks, and in the same transaction what they replace as a row of <c>pending</c>; then, in a later one, the deletions. So a seal whose
/// answer was lost, and which was answered as failed, can still be undone. Writing is for the writer's thread, reading for any.
/// </summary>
internal sealed class PostgresBlocks(PostgresSession session, PostgresLog log, NpgsqlDataSource readers)
{
    /// <summary>What <see cref="Header"/> reads.</summary>
    public const string HeaderColumns = "id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y, step";

    /// <summary>The same where the table has no column <c>step</c>.</summary>
    public const string PlainHeaderColumns = "id, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y, 0::bigint";

    // A block's row besides its body.
    private const int RowBytes = 160;

    private readonly BodiesAhead _bodies = BodiesOf(readers);

    private (long LastId, long[] Gone, long GoneBytes)? _owed;
    private long _bytes;

    /// <summary>Reads bodies, several in a round trip.</summary>
    public static BodiesAhead BodiesOf(NpgsqlDataSource readers) => new((ids, give) => Read(readers, ids, give));

    /// <summary>The header in a row of <see cref="HeaderColumns"/>, and its series.</summary>
    public static (int Series, BlockHeader Header) Header(NpgsqlDataReader row)
    {
        var box = row.IsDBNull(8) ? (BoundingBox?)null : new BoundingBox(row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11));
        return (row.GetInt32(1), new BlockHeader(row.GetInt64(0), row.GetInt32(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetBoolean(7), box, row.GetInt64(12) * TimeSpan.TicksPerMillisecond));
    }

    /// <summary>Bytes of all blocks; may be asked by any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>A block that is there already.</summary>
    public void Known(int bytes) => Interlocked.Add(ref _bytes, bytes + RowBytes);

    /// <summary>Keeps new blocks.</summary>
    public void Write(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId)
    {
        Settle();
        var (all, gone) = (bodies.ToArray(), changes.SelectMany(static change => change.Merged).ToArray());
        var ids = Array.ConvertAll(gone, static block => block.Id);
        long number = 0;
        session.Transact(
            connection =>
            {
                number = session.Change;
                Copy(connection, changes, all, number);
                connection.Do("INSERT INTO pending (change, last_id, gone) VALUES ($1, $2, $3)", number, lastId, ids);
                // It never goes back: blocks are rewritten, too, without anything new being sealed.
                connection.Do("UPDATE owner SET last_id = greatest(last_id, $1), format = greatest(format, $2)", lastId, HasSummaries(changes) ? PostgresSchema.Summaries : 0);
            },
            ifDone: connection =>
            {
                connection.Do("DELETE FROM block WHERE change = $1", number);
                connection.Do("DELETE FROM pending WHERE change = $1", number);
            });
        _owed = (lastId, ids, Size(gone));
        Interlocked.Add(ref _bytes, Size(changes.SelectMany(static change => change.Blocks)));
    }

    /// <summary>Deletes what the last seal replaced.</summary>
    public void Settle()
    {
        if (_owed is not { } owed) return;
        long freed = 0;
        session.Transact(connection => freed = Carry(connection, owed.LastId, owed.Gone));
        _owed = null;
        log.Forget(freed);
        Interlocked.Add(ref _bytes, -owed.GoneBytes);
    }

    /// <summary>At open: finishes what a crash left.</summary>
    public void Recover() => session.Transact(static connection =>
    {
        var left = new List<(long LastId, long[] Gone)>();
        using (var command = connection.Command("SELECT last_id, gone FROM pending ORDER BY change"))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) left.Add((rows.GetInt64(0), rows.GetFieldValue<long[]>(1)));
        }

        foreach (var (lastId, gone) in left) Carry(connection, lastId, gone);
    });

    /// <summary>Deletes blocks.</summary>
    public void Delete(IReadOnlyList<BlockHeader> blocks)
    {
        session.Transact(connection => connection.Do("DELETE FROM block WHERE id = ANY($1)", blocks.Select(static block => block.Id).ToArray()));
        Interlocked.Add(ref _bytes, -Size(blocks));
    }

    /// <summary>Reads a body into the beginning of an array; false where the block is gone.</summary>
    public bool TryRead(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next) => _bodies.TryRead(block, into, next);

    private static bool HasSummaries(IReadOnlyList<SealedSeries> changes) => changes.Any(static change => change.Blocks.Any(static block => block.Step > 0));

    private static long Size(IEnumerable<BlockHeader> blocks) => blocks.Sum(static block => block.Bytes + (long)RowBytes);

    private static long Carry(NpgsqlConnection connection, long lastId, long[] gone)
    {
        if (gone.Length > 0) connection.Do("DELETE FROM block WHERE id = ANY($1)", gone);
        connection.Do("DELETE FROM pending");
        return PostgresLog.Delete(connection, lastId);
    }

    private static void Copy(NpgsqlConnection connection, IReadOnlyList<SealedSeries> changes, byte[] bodies, long number)
    {
        if (bodies.Length == 0) return;
        var at = 0;
        using var rows = connection.BeginBinaryImport(
            "COPY block (id, change, series, points, bytes, min_time, max_time, max_id, senders, min_x, min_y, max_x, max_y, step, body) FROM STDIN (FORMAT BINARY)");
        foreach (var change in changes)
        {
            foreach (var block in change.Blocks)
            {
                rows.StartRow();
                foreach (var value in (ReadOnlySpan<long>)[block.Id, number]) rows.Write(value, NpgsqlDbType.Bigint);
                foreach (var value in (ReadOnlySpan<int>)[change.Series, block.Points, block.Bytes]) rows.Write(value, NpgsqlDbType.Integer);
                foreach (var value in (ReadOnlySpan<long>)[block.MinTime, block.MaxTime, block.MaxId]) rows.Write(value, NpgsqlDbType.Bigint);
                rows.Write(block.HasSenders, NpgsqlDbType.Boolean);
                WriteBox(rows, block.Box);
                rows.Write(block.Step / TimeSpan.TicksPerMillisecond, NpgsqlDbType.Bigint);
                rows.Write(new ReadOnlyMemory<byte>(bodies, at, block.Bytes), NpgsqlDbType.Bytea);
                at += block.Bytes;
            }
        }

        rows.Complete();
    }

    private static void WriteBox(NpgsqlBinaryImporter rows, BoundingBox? box)
    {
        if (box is { } b)
        {
            foreach (var value in (ReadOnlySpan<double>)[b.MinX, b.MinY, b.MaxX, b.MaxY]) rows.Write(value, NpgsqlDbType.Double);
            return;
        }

        for (var i = 0; i < 4; i++) rows.WriteNull();
    }

    private static void Read(NpgsqlDataSource readers, IReadOnlyList<long> ids, Action<long, byte[]> give)
    {
        using var connection = readers.OpenConnection();
        using var command = connection.Command("SELECT id, body FROM block WHERE id = ANY($1)", ids);
        using var rows = command.ExecuteReader(CommandBehavior.Default);
        while (rows.Read()) give(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
    }
}
