using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using LiveDash.Core.Postgres;
using Npgsql;

namespace LiveDash.Core.Jobs.Postgres;

/// <summary>A worker's side of a queue in PostgreSQL. One worker each; thread-safe.</summary>
internal sealed class PostgresDesk(PostgresJobLink link, string worker, TimeProvider clock) : IJobDesk
{
    /// <inheritdoc/>
    public string Exchange => "PostgreSQL";

    /// <inheritdoc/>
    public bool IsAway(Exception exception) => PostgresJobLink.IsAway(exception);

    /// <inheritdoc/>
    public string Describe(Exception exception) => PostgresTrouble.Describe(exception);

    /// <inheritdoc/>
    public async Task<JobTicket?> TakeAsync()
    {
        while (true)
        {
            var taken = await TakeOneAsync().ConfigureAwait(false);
            if (taken.Count == 0) return null;
            var (id, attempt, plan, lost) = taken[0];
            // It has ended its workers too often; the next may be sound.
            if (lost) continue;
            try
            {
                return JobPlanCodec.Read(id, attempt, plan);
            }
            catch (PlotException exception)
            {
                await FailAsync(id, attempt, exception.Message, isFinal: true).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ReportAsync(JobTicket ticket, int percent) => await link.DoLightlyAsync(PostgresJobStatements.Report, ticket.Id, ticket.Attempt, worker, percent).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(JobTicket ticket, JobImages images) =>
        await link.AskAsync(
            PostgresJobStatements.Finish, ticket.Id, ticket.Attempt, worker, images.Points, images.Fingerprint,
            images.Files.Keys.Select(static format => JobNames.Of(format)).ToArray(), images.Files.Values.ToArray()).ConfigureAwait(false) is 1;

    /// <inheritdoc/>
    public Task FailAsync(JobTicket ticket, string reason, bool isFinal) => FailAsync(ticket.Id, ticket.Attempt, reason, isFinal);

    /// <inheritdoc/>
    public Task ReleaseAsync(JobTicket ticket) => link.DoAsync(PostgresJobStatements.Release, ticket.Id, ticket.Attempt, worker);

    /// <inheritdoc/>
    public Task TellAsync(JobWorkerState state) => link.DoLightlyAsync(
        PostgresJobStatements.Tell, state.Name, state.Host, state.Since, state.SeenAt, state.Job ?? "", state.Done, state.Failed, state.PointsPerSecond);

    /// <inheritdoc/>
    public Task LeaveAsync() => link.DoAsync("DELETE FROM job_worker WHERE name = $1", worker);

    // A text cannot hold a NUL, which a reason might.
    private Task FailAsync(string id, int attempt, string reason, bool isFinal) => link.DoAsync(PostgresJobStatements.Fail, id, attempt, worker, reason.Replace("\0", "", StringComparison.Ordinal), isFinal);

    private async Task<List<(string Id, int Attempt, string Plan, bool Lost)>> TakeOneAsync()
    {
        try
        {
            return await link.ListAsync(
                PostgresJobStatements.Take,
                static row => (row.GetString(0), row.GetInt32(1), row.IsDBNull(2) ? "" : row.GetString(2), row.GetBoolean(3)),
                worker, clock.GetUtcNow().UtcTicks).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // The server has not begun yet, and makes them.
            return [];
        }
    }
}
