using System.Globalization;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Blocks;
using Npgsql;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>
/// The one connection that writes. It holds an advisory lock of the database, which the server gives back when the connection ends, and an epoch: each
/// transaction first sets the number of the change in the row of the owner, where the epoch is still ours. So a LiveDash that was deposed changes nothing, and
/// whether a change whose answer was lost was done is read from its number: the lock is given to us again only once the old session, with its transaction, is over.
/// Used by the writer's thread, but for what is said to be anyone's.
/// </summary>
internal sealed class PostgresSession(PostgresStoreOptions options, TimeProvider time) : IDisposable
{
    // 'LvDs', and the schema.
    private const string Lock = "SELECT pg_try_advisory_lock(1282819187, hashtext($1))";

    private const string Holder = """
        SELECT coalesce((SELECT concat(a.application_name, coalesce(' on ' || host(a.client_addr), ''), ', process ', a.pid, ' of the server, since ', to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
        FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 1282819187 AND l.objid = hashtext($1)::oid LIMIT 1), 'unknown')
        """;

    // What a take-over costs at most besides reading the store.
    private static readonly TimeSpan s_standbyPace = TimeSpan.FromMilliseconds(250);

    private readonly Patience _patience = new(() => options.Patience, time, PostgresTrouble.IsPassing);
    private readonly string _who = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");
    private NpgsqlConnection? _connection;
    private long _epoch;
    private long _change;
    private long _kept;
    private PostgresDoubt? _doubt;

    /// <summary>How often something was tried again; may be asked by any thread.</summary>
    public long Retries => _patience.Retries;

    /// <summary>The epoch that this owner writes in; may be asked by any thread.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>The connection, within a transaction or while the store opens.</summary>
    public NpgsqlConnection Connection => _connection ?? throw StoreEngine.NotOpen();

    /// <summary>The number of the change that is being made.</summary>
    public long Change { get; private set; }

    /// <summary>True while the outcome of a change is not known.</summary>
    public bool IsInDoubt => _doubt is not null;

    /// <summary>Waits until nobody else has the database, or its server is there again, and has it from then on.</summary>
    /// <param name="told">Hears, once, what is waited for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void StandBy(Action<string> told, CancellationToken cancellationToken)
    {
        for (var waits = false; ; waits = true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Connect();
                return;
            }
            catch (Exception e) when (PostgresTrouble.IsPassing(e))
            {
                if (!waits) told($"{options.Address}: {PostgresTrouble.Describe(e)}. It is taken over once that has passed.");
            }

            cancellationToken.WaitHandle.WaitOne(s_standbyPace);
        }
    }

    /// <summary>Takes the database over: the lock, the tables, a new epoch.</summary>
    /// <exception cref="StoreUnavailableException">Another LiveDash has it, or a newer one wrote it.</exception>
    public void TakeOver()
    {
        try
        {
            _patience.Insist(() =>
            {
                // A password that is wrong stays wrong; a server that starts answers soon.
                Connect();
                PostgresSchema.Prepare(Connection, options.Address);
                using var owner = Connection.Command("UPDATE owner SET epoch = epoch + 1, who = $1, since = now() RETURNING epoch, change", _who);
                using var row = owner.ExecuteReader();
                row.Read();
                Interlocked.Exchange(ref _epoch, row.GetInt64(0));
                _change = _kept = row.GetInt64(1);
            });
        }
        catch (NotTheOwnerException e)
        {
            throw new StoreUnavailableException($"The database {options.Address} is in use: {e.Message}. Stop that one, or name another database or schema in LiveDash:Storage:PostgreSQL.", e);
        }
    }

    /// <summary>Makes a change, whole or not at all, and tries again where the outcome is unknown.</summary>
    /// <param name="work">The statements; may be run several times, each in a transaction that was undone.</param>
    /// <param name="ifDone">Should patience end before the outcome is known, and the change prove to be done: what undoes it, as a change of its own; null to leave it.</param>
    /// <param name="ifNot">Should it prove not to be done: what does it; null to leave it undone.</param>
    public void Transact(Action<NpgsqlConnection> work, Action<NpgsqlConnection>? ifDone = null, Action<NpgsqlConnection>? ifNot = null)
    {
        if (_doubt is not null) throw new NpgsqlException("The outcome of a change before is not known yet.");
        Change = _change + 1;
        var sent = false;
        try
        {
            _patience.Insist(() =>
            {
                Connect();
                if (sent && _kept == Change) return;
                sent = false;
                using var transaction = Connection.BeginTransaction();
                if (Connection.Do("UPDATE owner SET change = $1 WHERE epoch = $2", Change, _epoch) == 0) throw Deposed();
                work(Connection);
                options.BeforeCommit?.Invoke();
                sent = true;
                transaction.Commit();
                _kept = Change;
            });
        }
        catch (Exception e) when (sent && PostgresTrouble.IsPassing(e))
        {
            _doubt = new PostgresDoubt(Change, ifDone, ifNot);
            throw;
        }

        _change = Change;
    }

    /// <summary>Makes sure that what was answered as not done is not, and that what was answered as begun is finished.</summary>
    public void Resolve()
    {
        Connect();
        if (_doubt is not { } doubt) return;
        var done = _kept == doubt.Change;
        if (done) _change = doubt.Change;
        _doubt = null;
        try
        {
            if ((done ? doubt.IfDone : doubt.IfNot) is { } mend) Transact(mend, ifNot: mend);
        }
        catch when (_doubt is null)
        {
            _doubt = doubt;
            throw;
        }
    }

    /// <summary>Ends the connection, and with it the lock.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        _connection?.Dispose();
        _connection = null;
    }

    private static SecondWriterException Deposed() => new("another LiveDash has taken the database over");

    private void Connect()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open }) return;
        _connection?.Dispose();
        _connection = null;
        var connection = options.Address.Connect();
        try
        {
            connection.Open();
            // Of a server that acknowledges before it has synced, no promise could be kept.
            connection.Do("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')");
            if (!connection.Ask<bool>(Lock, options.Address.Schema)) throw new NotTheOwnerException("another LiveDash holds it (" + connection.Ask<string>(Holder, options.Address.Schema) + ")");
            if (_epoch > 0)
            {
                using var owner = connection.Command("SELECT epoch, change FROM owner");
                using var row = owner.ExecuteReader();
                row.Read();
                if (row.GetInt64(0) != _epoch) throw Deposed();
                _kept = row.GetInt64(1);
            }

            _connection = connection;
        }
        finally
        {
            if (_connection is null) connection.Dispose();
        }
    }
}
