using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using LiveDash.Core.Postgres;

namespace LiveDash.Core.Jobs.Postgres;

/// <summary>The server's side of a queue in PostgreSQL.</summary>
internal sealed class PostgresExchange(PostgresJobLink link) : IJobExchange
{
    private const string NotSynced = "This PostgreSQL does not sync its disk (fsync is off): when its machine loses power it may forget the queue. No job is lost, since this server keeps each one and queues it again.";

    private Action? _onEvent;

    /// <inheritdoc/>
    public string Kind => "postgresql";

    /// <inheritdoc/>
    public string Name => "PostgreSQL";

    /// <inheritdoc/>
    public bool IsAway(Exception exception) => PostgresJobLink.IsAway(exception);

    /// <inheritdoc/>
    public string Describe(Exception exception) => PostgresTrouble.Describe(exception);

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(JobOptions options, Action onEvent)
    {
        await link.EnsureTablesAsync().ConfigureAwait(false);
        // A newer version keeps its own format in this row.
        if (await link.DoAsync("UPDATE job_settings SET claim_after = $1, attempts = $2 WHERE format <= $3", options.ClaimAfter, options.MaxAttempts, PostgresJobStatements.Format).ConfigureAwait(false) == 0)
        {
            throw new IOException($"the tables in the schema {link.Schema} were made by a newer LiveDash. Start that version, or name another schema as Search Path in LiveDash:Jobs:PostgreSQL.");
        }

        _onEvent = onEvent;
        await link.ListenAsync(onEvent).ConfigureAwait(false);
        return await link.AskAsync("SELECT current_setting('fsync')").ConfigureAwait(false) is "off" ? NotSynced : null;
    }

    /// <inheritdoc/>
    public async Task<JobLook?> LookAsync(string id)
    {
        var found = await link.ListAsync(
            PostgresJobStatements.Look,
            static row => new JobLook(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6), row.GetString(7), IsOffered: true),
            id).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc/>
    public Task PushAsync(string id, int attempt, string plan, TimeSpan keep) => link.AskAsync(PostgresJobStatements.Push, id, attempt, plan, keep);

    /// <inheritdoc/>
    public Task CancelAsync(string id, TimeSpan keep) => link.DoAsync(PostgresJobStatements.Cancel, id, keep);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<PlotFormat, byte[]>?> ReadImagesAsync(string id)
    {
        var files = (await link.ListAsync("SELECT format, bytes FROM job_image WHERE job = $1", static row => (Format: row.GetString(0), Bytes: row.GetFieldValue<byte[]>(1)), id).ConfigureAwait(false))
            .ToDictionary(static file => file.Format, static file => file.Bytes);
        var formats = Enum.GetValues<PlotFormat>();
        return formats.All(format => files.ContainsKey(JobNames.Of(format))) ? formats.ToDictionary(static format => format, format => files[JobNames.Of(format)]) : null;
    }

    /// <inheritdoc/>
    public Task KeepAsync(string id, TimeSpan keep) => link.DoAsync("UPDATE job SET expires = now() + $2 WHERE id = $1", id, keep);

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<string> ids) => link.DoAsync("DELETE FROM job WHERE id = ANY($1)", [ids.ToArray()]);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobWorkerState>> ListWorkersAsync()
    {
        // Each second: a connection that listens may have been cut alone.
        if (_onEvent is { } hear) await link.ListenAsync(hear).ConfigureAwait(false);
        return await link.ListAsync(
            PostgresJobStatements.Workers,
            static row => new JobWorkerState
            {
                Name = row.GetString(0), Host = row.GetString(1), Since = row.GetInt64(2), SeenAt = row.GetInt64(3), Job = row.GetString(4) is { Length: > 0 } job ? job : null,
                Done = row.GetInt64(5), Failed = row.GetInt64(6), PointsPerSecond = row.GetDouble(7),
            }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task ForgetGoneAsync()
    {
        await link.DoAsync(PostgresJobStatements.ForgetWorkers).ConfigureAwait(false);
        await link.DoAsync(PostgresJobStatements.ForgetJobs).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => link.DisposeAsync();
}
