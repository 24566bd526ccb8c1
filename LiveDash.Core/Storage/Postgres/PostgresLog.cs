using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;
using NpgsqlTypes;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>Writes log rows and the series that come with them. Used by the writer's thread.</summary>
internal sealed class PostgresLog(PostgresSession session)
{
    // What the server gives back of deleted rows without being asked takes a minute to begin.
    private const long VacuumBytes = 64L << 20;

    private long _freed;

    /// <summary>Bytes of all rows; may be asked by any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    private long _bytes;

    /// <summary>A row that is there already.</summary>
    public void Known(int bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Keeps a row.</summary>
    public void Write(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries)
    {
        // The driver takes arrays; it is read until the server has answered.
        var bytes = body.ToArray();
        session.Transact(
            connection =>
            {
                if (newSeries.Count > 0) WriteSeries(connection, firstSeries, newSeries);
                connection.Do("INSERT INTO log (id, points, body) VALUES ($1, $2, $3)", firstId, points, bytes);
            },
            ifDone: connection =>
            {
                connection.Do("DELETE FROM log WHERE id = $1", firstId);
                connection.Do("DELETE FROM series WHERE id >= $1", (long)firstSeries);
            });
        Interlocked.Add(ref _bytes, bytes.Length);
    }

    /// <summary>Deletes rows up to an id, within a transaction.</summary>
    /// <returns>How many bytes they held.</returns>
    public static long Delete(NpgsqlConnection connection, long lastId) =>
        connection.Ask<long>("WITH gone AS (DELETE FROM log WHERE id <= $1 RETURNING octet_length(body) AS n) SELECT coalesce(sum(n), 0)::bigint FROM gone", lastId);

    /// <summary>Rows of so many bytes are gone.</summary>
    public void Forget(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref _freed, bytes);
    }

    /// <summary>Has the server take the space of deleted rows again, where it is much; by any thread.</summary>
    public void Vacuum(NpgsqlDataSource readers)
    {
        if (Interlocked.Read(ref _freed) < VacuumBytes) return;
        Interlocked.Exchange(ref _freed, 0);
        using var connection = readers.OpenConnection();
        connection.Do("VACUUM (SKIP_LOCKED) log");
    }

    private static void WriteSeries(NpgsqlConnection connection, int first, IReadOnlyList<SeriesKey> added)
    {
        using var rows = connection.BeginBinaryImport("COPY series (id, name, tags) FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < added.Count; i++)
        {
            rows.StartRow();
            rows.Write(first + (long)i, NpgsqlDbType.Bigint);
            rows.Write(Encoding.UTF8.GetBytes(added[i].Name), NpgsqlDbType.Bytea);
            rows.Write(SeriesText.Tags(added[i]), NpgsqlDbType.Text);
        }

        rows.Complete();
    }
}
