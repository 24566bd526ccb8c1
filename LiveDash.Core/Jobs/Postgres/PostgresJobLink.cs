using LiveDash.Core.Postgres;
using Npgsql;

namespace LiveDash.Core.Jobs.Postgres;

/// <summary>The connections to the PostgreSQL of the queue: some for statements, and one that listens. Thread-safe, but for <see cref="ListenAsync"/>, which is one loop's.</summary>
internal sealed class PostgresJobLink : IAsyncDisposable
{
    /// <summary>The schema where the connection string names none.</summary>
    internal const string DefaultSchema = "livedash_jobs";

    private readonly PostgresAddress _address;
    private readonly NpgsqlDataSource _source;
    private readonly CancellationTokenSource _stop = new();
    private Task _hearing = Task.CompletedTask;

    /// <summary>Connects when it is first asked.</summary>
    /// <exception cref="ArgumentException">The connection string is at fault; see <see cref="FaultOf"/>.</exception>
    internal PostgresJobLink(string text)
    {
        if (!PostgresAddress.TryParse(text, out var address, out var fault, DefaultSchema)) throw new ArgumentException(fault, nameof(text));
        _address = address!;
        _source = _address.Pool("LiveDash jobs");
    }

    /// <summary>The schema that the tables stand in.</summary>
    internal string Schema => _address.Schema;

    /// <summary>What is wrong with a connection string, without a word of its content but names of options; null where it is sound.</summary>
    internal static string? FaultOf(string text) => PostgresAddress.TryParse(text, out _, out var fault, DefaultSchema) ? null : fault;

    /// <summary>True where the server does not answer, or refuses.</summary>
    internal static bool IsAway(Exception exception) => PostgresTrouble.IsOurs(exception);

    /// <summary>Makes the tables where they are missing, as after they were dropped.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or the user may not.</exception>
    internal async Task EnsureTablesAsync()
    {
        var connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // Two servers that start at once; the first makes them.
                connection.Do("SELECT pg_advisory_xact_lock(1282819188, hashtext($1))", Schema);
                if (connection.Ask<bool>("SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", Schema)) connection.Do($"CREATE SCHEMA {Schema}");
                if (connection.Ask<bool>("SELECT to_regclass($1) IS NULL", Schema + ".job_settings")) connection.Do(PostgresJobStatements.Tables);
                await transaction.CommitAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs a statement; how many rows it changed.</summary>
    internal async Task<int> DoAsync(string sql, params object[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false)) return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a statement; its first value, or null where it gives no row.</summary>
    internal async Task<object?> AskAsync(string sql, params object[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false)) return await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a statement; its rows.</summary>
    internal async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var found = new List<T>();
                while (await rows.ReadAsync().ConfigureAwait(false)) found.Add(read(rows));
                return found;
            }
        }
    }

    /// <summary>Runs a statement that need not be on the disk when it is answered.</summary>
    internal async Task<int> DoLightlyAsync(string sql, params object[] values)
    {
        var batch = _source.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"));
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            return (int)command.RecordsAffected;
        }
    }

    /// <summary>Calls back at each change of a job, if it does not do so already. What happens while there is no connection is missed, which is why there is one call when it ends.</summary>
    internal async Task ListenAsync(Action onEvent)
    {
        if (!_hearing.IsCompleted) return;
        var connection = _address.Connect();
        try
        {
            await connection.OpenAsync(_stop.Token).ConfigureAwait(false);
            connection.Do($"LISTEN {Schema}");
            connection.Notification += (_, _) => onEvent();
            _hearing = HearAsync(connection, onEvent);
        }
        finally
        {
            if (_hearing.IsCompleted) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _hearing.ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task HearAsync(NpgsqlConnection connection, Action onEvent)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                while (true) await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException || PostgresTrouble.IsOurs(exception))
            {
                // It is begun anew within a second, where workers are looked at.
            }
        }

        if (!_stop.IsCancellationRequested) onEvent();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = _source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
