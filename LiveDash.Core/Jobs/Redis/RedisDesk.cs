using System.Globalization;
using LiveDash.Core.Plots;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>What a worker does with Redis: takes a job, tells how far it is, hands in. One worker each; thread-safe.</summary>
internal sealed class RedisDesk(RedisLink link, string worker, TimeProvider clock)
{
    private const int DefaultAttempts = 3;
    private const int DefaultClaimMs = 15_000;

    // A day: the server sets the true time when it takes the image over.
    private const int KeepSeconds = 86_400;

    /// <summary>Takes the next job: one whose worker has been silent too long, else the next in the stream; null where there is none.</summary>
    internal async Task<RedisTicket?> TakeAsync()
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

    /// <summary>Tells how far it is; false where the job is no longer this worker's: cancelled, or given to another.</summary>
    internal async Task<bool> ReportAsync(RedisTicket ticket, int percent) => (int)await link.RunAsync(RedisScripts.Report, ticket.Id, ticket.Attempt, worker, percent).ConfigureAwait(false) == 1;

    /// <summary>Hands in the image; false where it comes too late and was refused.</summary>
    internal async Task<bool> FinishAsync(RedisTicket ticket, JobImages images)
    {
        var values = new List<RedisValue> { ticket.Attempt, worker, images.Points, images.Fingerprint, KeepSeconds };
        foreach (var (format, bytes) in images.Files) values.AddRange([JobNames.Of(format), bytes]);
        return (int)await link.RunAsync(RedisScripts.Finish, ticket.Id, [.. values]).ConfigureAwait(false) == 1;
    }

    /// <summary>Says why it could not be made.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isFinal">True where trying again would not help.</param>
    internal async Task FailAsync(RedisTicket ticket, string reason, bool isFinal)
    {
        var settings = await (await link.OpenAsync().ConfigureAwait(false)).GetDatabase().HashGetAsync(link.Keys.Settings, "maxAttempts").ConfigureAwait(false);
        var attempts = isFinal ? 1 : settings.TryParse(out int most) ? most : DefaultAttempts;
        await link.RunAsync(RedisScripts.Fail, ticket.Id, ticket.Attempt, worker, reason, attempts, KeepSeconds).ConfigureAwait(false);
    }

    /// <summary>Gives it back.</summary>
    internal Task ReleaseAsync(RedisTicket ticket) => link.RunAsync(RedisScripts.Release, ticket.Id, ticket.Attempt, worker);

    private async Task<RedisTicket?> BeginAsync(StreamEntry entry, int attempts)
    {
        var id = (string?)entry["id"] ?? "";
        var begun = await link.RunAsync(RedisScripts.Begin, id, entry.Id, worker, clock.GetUtcNow().UtcTicks, attempts, KeepSeconds).ConfigureAwait(false);
        if (begun.IsNull) return null;
        var parts = (string[])begun!;
        var attempt = int.Parse(parts[0], CultureInfo.InvariantCulture);
        try
        {
            return RedisPlanCodec.Read(id, attempt, parts[1]);
        }
        catch (PlotException exception)
        {
            await link.RunAsync(RedisScripts.Fail, id, attempt, worker, exception.Message, 1, KeepSeconds).ConfigureAwait(false);
            return null;
        }
    }
}
