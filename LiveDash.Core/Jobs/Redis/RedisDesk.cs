using System.Globalization;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>A worker's side of Redis. One worker each; thread-safe.</summary>
internal sealed class RedisDesk(RedisLink link, string worker, TimeProvider clock) : IJobDesk
{
    private const int DefaultAttempts = 3;
    private const int DefaultClaimMs = 15_000;

    // A day: the server sets the true time when it takes the image over.
    private const int KeepSeconds = 86_400;

    /// <inheritdoc/>
    public string Exchange => "Redis";

    /// <inheritdoc/>
    public bool IsAway(Exception exception) => RedisLink.IsAway(exception);

    /// <inheritdoc/>
    public string Describe(Exception exception) => exception.Message;

    /// <inheritdoc/>
    public async Task<JobTicket?> TakeAsync()
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        var settings = await database.HashGetAsync(link.Keys.Settings, ["claimAfterMs", "maxAttempts"]).ConfigureAwait(false);
        var claimAfter = settings[0].TryParse(out int milliseconds) ? milliseconds : DefaultClaimMs;
        var attempts = settings[1].TryParse(out int most) ? most : DefaultAttempts;
        try
        {
            var claimed = await database.StreamAutoClaimAsync(link.Keys.Stream, RedisKeys.Group, worker, claimAfter, "0-0", 1).ConfigureAwait(false);
            var entries = claimed.ClaimedEntries is { Length: > 0 } silent
                ? silent
                : await database.StreamReadGroupAsync(link.Keys.Stream, RedisKeys.Group, worker, StreamPosition.NewMessages, 1).ConfigureAwait(false);
            return entries.Length == 0 ? null : await BeginAsync(entries[0], attempts).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await link.EnsureGroupAsync().ConfigureAwait(false);
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ReportAsync(JobTicket ticket, int percent) => (int)await link.RunAsync(RedisScripts.Report, ticket.Id, ticket.Attempt, worker, percent).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(JobTicket ticket, JobImages images)
    {
        var values = new List<RedisValue> { ticket.Attempt, worker, images.Points, images.Fingerprint, KeepSeconds };
        foreach (var (format, bytes) in images.Files) values.AddRange([JobNames.Of(format), bytes]);
        return (int)await link.RunAsync(RedisScripts.Finish, ticket.Id, [.. values]).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task FailAsync(JobTicket ticket, string reason, bool isFinal)
    {
        var settings = await (await link.OpenAsync().ConfigureAwait(false)).GetDatabase().HashGetAsync(link.Keys.Settings, "maxAttempts").ConfigureAwait(false);
        var attempts = isFinal ? 1 : settings.TryParse(out int most) ? most : DefaultAttempts;
        await link.RunAsync(RedisScripts.Fail, ticket.Id, ticket.Attempt, worker, reason, attempts, KeepSeconds).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(JobTicket ticket) => link.RunAsync(RedisScripts.Release, ticket.Id, ticket.Attempt, worker);

    /// <inheritdoc/>
    public Task TellAsync(JobWorkerState state) => RedisWorkerBoard.WriteAsync(link, state);

    /// <inheritdoc/>
    public Task LeaveAsync() => RedisWorkerBoard.RemoveAsync(link, worker);

    private async Task<JobTicket?> BeginAsync(StreamEntry entry, int attempts)
    {
        var id = (string?)entry["id"] ?? "";
        var begun = await link.RunAsync(RedisScripts.Begin, id, entry.Id, worker, clock.GetUtcNow().UtcTicks, attempts, KeepSeconds).ConfigureAwait(false);
        if (begun.IsNull) return null;
        var parts = (string[])begun!;
        var attempt = int.Parse(parts[0], CultureInfo.InvariantCulture);
        try
        {
            return JobPlanCodec.Read(id, attempt, parts[1]);
        }
        catch (PlotException exception)
        {
            await link.RunAsync(RedisScripts.Fail, id, attempt, worker, exception.Message, 1, KeepSeconds).ConfigureAwait(false);
            return null;
        }
    }
}
