using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <content>What is done about files that are not where they belong, and about damage in them.</content>
internal sealed partial class SqliteDatabase
{
    // After so many repairs in one run the disk itself is at fault, and more copies would only fill it.
    private const int MaxRepairs = 3;

    private readonly StoreDamages _damages = new();
    private volatile string? _damage;
    private int _repairs;
    private long _lastId;
    private long _orphanFrom = long.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyList<StoreDamage> Damages => _damages.All;

    /// <inheritdoc/>
    public void Probe()
    {
        if (_damage is { } damage) Repair(damage);
        if (!_files.IsReachable && !TryAdopt()) throw new StoreGoneException(_files.Directory);
        Transact(() =>
        {
            // Committed into files that could not be reached, so never acknowledged; its numbers are given again.
            if (_orphanFrom != long.MaxValue) Connection.Execute($"DELETE FROM log WHERE id >= {_orphanFrom}");
            Connection.Execute("INSERT INTO body (id, bytes) VALUES (0, zeroblob(65536)); DELETE FROM body WHERE id = 0");
        }, 64 * 1024);
        _orphanFrom = long.MaxValue;
    }

    /// <inheritdoc/>
    public void DeleteBlocks(IReadOnlyList<BlockHeader> blocks)
    {
        try
        {
            Transact(() => BlockTable.Delete(Connection, blocks), 64 * 1024);
        }
        catch (SqliteFailure failure) when (failure.IsCorrupt)
        {
            // One of them cannot be taken out of its tree. The others can, and of that one the header: then nothing asks for it any more.
            foreach (var block in blocks) DeleteRoundDamage(block);
        }
    }

    /// <inheritdoc/>
    public void Quarantine(string series, int number, BlockHeader block, string why)
    {
        // A repair set it apart already, and put it on record.
        if (Connection.Scalar($"SELECT count(*) FROM quarantine WHERE id = {block.Id}") > 0) return;
        var damage = StoreDamages.OfBlock(_time.GetUtcNow(), series, block.Points, block.MinTime, block.MaxTime, why) with { Pages = PagesOf("body", block.Id) };
        Transact(() =>
        {
            // The bytes stay where they are: nothing that cannot be read is deleted.
            BlockTable.Insert(Connection, "quarantine", number, block);
            BlockTable.DeleteHeader(Connection, block.Id);
            Put(damage);
        }, 64 * 1024);
        _damages.Put(damage);
    }

    /// <inheritdoc/>
    public bool Acknowledge(string id)
    {
        if (_damages.All.FirstOrDefault(one => one.Id == id) is not { } damage) return false;
        damage = damage with { IsAcknowledged = true };
        Transact(() => Put(damage), 8192);
        _damages.Put(damage);
        return true;
    }

    private void DeleteRoundDamage(BlockHeader block)
    {
        try
        {
            Transact(() => BlockTable.Delete(Connection, [block]), 64 * 1024);
        }
        catch (SqliteFailure failure) when (failure.IsCorrupt)
        {
            Transact(() => BlockTable.DeleteHeader(Connection, block.Id), 64 * 1024);
        }
    }

    private void Put(StoreDamage damage) => DocumentTable.Put(Connection, StoreDamages.Kind, damage.Id, DocumentJson.Write(damage));

    private IReadOnlyList<int> PagesOf(string table, long id)
    {
        try
        {
            var root = (int)Connection.Scalar($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");
            using var file = PageFile.Open(_files.Database, _files.Handle);
            return file.Find(root, id)?.Pages ?? [];
        }
        catch (IOException)
        {
            // Where it stands is a help, not a condition.
            return [];
        }
    }

    // By the writer's thread, while everything is refused: what is in memory stays, and points to the same blocks in the new file.
    private void Repair(string cause)
    {
        if (!_files.IsReachable) throw new StoreGoneException(_files.Directory);
        if (++_repairs > MaxRepairs) throw new StoreBrokenException($"The database was damaged {MaxRepairs} times since the start ({cause}). Check the disk and restart.");
        Disconnect();
        try
        {
            var (aside, damages) = StoreRepair.Run(_files, _time.GetUtcNow(), cause);
            foreach (var damage in damages) _report(damage.Detail);
            _report($"The database was damaged ({cause}) and was repaired; the old one was moved to '{aside}'.");
        }
        finally
        {
            Connect(OpenFile(null));
        }

        _damage = null;
    }

    // Another database stands where ours was: taken only where it is the same one, come back as a copy, with all that was acknowledged.
    private bool TryAdopt()
    {
        if (!_files.IsReplaced) return false;
        var files = MakeFiles();
        try
        {
            files.Acquire();
            var connection = SqliteConnection.Open(files.Database, write: true);
            try
            {
                StoreSchema.Prepare(connection, _options.MaxPages);
                if (StoreFacts.Read(connection, StoreFacts.Identity) != _identity || StoreReading.LastId(connection) != _lastId)
                {
                    throw new InvalidDataException("Another database, or an older state of it, stands in the directory.");
                }
            }
            catch
            {
                connection.Dispose();
                throw;
            }

            Disconnect();
            _files.Dispose();
            _files = files;
            Connect(connection);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            files.Dispose();
            return false;
        }
    }
}
