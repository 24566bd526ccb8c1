using System.Data;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>
/// Reads a store's points beside the process that owns it, which needs no help for that: a look is one transaction that sees one moment, and blocks that were merged
/// since are looked for anew. Takes no lock and writes nothing, so that a role which may only read will do. Thread-safe; one look at a time.
/// </summary>
/// <param name="options">Which database.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="told">Hears of damaged blocks and commits, which are left out.</param>
internal sealed class PostgresPointReader(PostgresStoreOptions options, TimeProvider time, Action<string> told) : IPointReader, IBlockBodies
{
    /// <summary>How long a server that does not answer is asked again: as long as a restart takes.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private const string Where = """
        FROM block WHERE series = ANY($1) AND min_time < $2 AND max_time >= $3 AND NOT EXISTS (SELECT FROM pending WHERE block.id = ANY(gone)) ORDER BY id
        """;

    private readonly Lock _gate = new();
    private readonly NpgsqlDataSource _source = options.Address.Pool("LiveDash worker");
    private readonly Patience _patience = new(() => options.Patience, time, PostgresTrouble.IsPassing);
    // As many as the owner has; it bounds them.
    private readonly Dictionary<SeriesKey, int> _numbers = [];
    private readonly PointGroup _group = new();
    private BodiesAhead? _bodies;
    private long _epoch;
    private bool _hasSteps;

    /// <inheritdoc/>
    public IReadOnlyList<int> Find(IReadOnlyList<SeriesKey> series) => Ask(connection =>
    {
        if (Owner(connection) is not null && series.Any(key => !_numbers.ContainsKey(key)))
        {
            // Numbers are given without a gap.
            using var command = connection.Command("SELECT id, name, tags FROM series WHERE id >= $1 ORDER BY id", (long)_numbers.Count);
            using var rows = command.ExecuteReader();
            while (rows.Read()) _numbers[SeriesText.Key(Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(1)), rows.GetString(2))] = (int)rows.GetInt64(0);
        }

        return series.Select(key => _numbers.GetValueOrDefault(key, -1)).ToArray();
    });

    /// <inheritdoc/>
    public IAsyncEnumerable<PointBlock> ScanAsync(PointQuery query, CancellationToken cancellationToken)
    {
        var blocks = new BlockSource(this, (_, block, why) => told($"Block {block.Id} is damaged and left out: {why}"));
        return PointScan.RunAsync(new StoreImage(blocks, () => Ask(connection => Look(connection, query))), query, cancellationToken);
    }

    /// <inheritdoc/>
    public bool ReadsAhead => true;

    /// <inheritdoc/>
    public bool TryReadBody(BlockHeader block, Span<byte> into, ReadOnlySpan<BlockHeader> next)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Volatile.Read(ref _bodies)!.TryRead(block, into, next);
            }
            catch (Exception e) when (PostgresTrouble.IsOurs(e))
            {
                if (!PostgresTrouble.IsPassing(e) || time.GetElapsedTime(begun) >= options.Patience || !_patience.Pause(TimeSpan.FromMilliseconds(200))) throw Unreadable(e);
            }
        }
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        _source.Dispose();
    }

    // Where the points of some series are now, within a range of time. A seal that was committed and has not deleted yet what it replaced says so in its row of pending.
    private StoreIndex Look(NpgsqlConnection connection, PointQuery query)
    {
        var index = new StoreIndex();
        if (Owner(connection) is not { } lastId) return index;
        index.RaiseLastId(lastId);
        var found = new Dictionary<int, List<BlockHeader>>();
        using (var command = connection.Command($"SELECT {(_hasSteps ? PostgresBlocks.HeaderColumns : PostgresBlocks.PlainHeaderColumns)} {Where}", query.Series.ToArray(), query.Range.To, query.Range.From))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                var (series, header) = PostgresBlocks.Header(rows);
                if (header.Points is < 1 or > BlockCodec.MaxPoints || header.Bytes < 1) throw new InvalidDataException($"The header of block {header.Id} is damaged.");
                if (!found.TryGetValue(series, out var blocks)) found.Add(series, blocks = []);
                blocks.Add(header);
            }
        }

        foreach (var (series, blocks) in found) index.AddBlocks(series, blocks);
        ReadLog(connection, index);
        return index;
    }

    // At most what the owner keeps in memory before it seals.
    private void ReadLog(NpgsqlConnection connection, StoreIndex index)
    {
        using var command = connection.Command("SELECT id, points, body FROM log WHERE id > coalesce((SELECT max(last_id) FROM pending), 0) ORDER BY id");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            try
            {
                LogCodec.Decode(rows.GetFieldValue<byte[]>(2), _group);
            }
            catch (InvalidDataException e)
            {
                told($"A commit of {rows.GetInt32(1)} points is damaged and was left out: {e.Message}");
                continue;
            }

            index.Append(_group, rows.GetInt64(0));
        }
    }

    // The newest sealed id; null where no LiveDash has begun there. What a crash left may bear numbers that the next owner gives again, so that with it all begins anew.
    private long? Owner(NpgsqlConnection connection)
    {
        if (connection.Ask<bool>("SELECT to_regclass($1) IS NULL", options.Address.Schema + ".owner")) return null;
        using var command = connection.Command("SELECT format, epoch, last_id FROM owner");
        using var row = command.ExecuteReader();
        row.Read();
        PostgresSchema.Check(row.GetInt32(0));
        var (epoch, lastId) = (row.GetInt64(1), row.GetInt64(2));
        row.Close();
        if (epoch != _epoch || _bodies is null)
        {
            // Made by the next owner where it is missing, which raises the epoch.
            _hasSteps = PostgresSchema.HasSteps(connection, options.Address.Schema);
            _epoch = epoch;
            _numbers.Clear();
            Volatile.Write(ref _bodies, PostgresBlocks.BodiesOf(_source));
        }

        return lastId;
    }

    private T Ask<T>(Func<NpgsqlConnection, T> ask)
    {
        lock (_gate)
        {
            T? answer = default;
            try
            {
                _patience.Insist(() =>
                {
                    using var connection = _source.OpenConnection();
                    using var moment = connection.BeginTransaction(IsolationLevel.RepeatableRead);
                    connection.Do("SET TRANSACTION READ ONLY");
                    answer = ask(connection);
                });
            }
            catch (Exception e) when (PostgresTrouble.IsOurs(e))
            {
                throw Unreadable(e);
            }

            return answer!;
        }
    }

    private StoreUnavailableException Unreadable(Exception e) => new($"{options.Address} cannot be read: {PostgresTrouble.Describe(e)}.", e);
}
