using System.Globalization;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Plots;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>The server's side of Redis. docs/JOBS.md lists the keys.</summary>
internal sealed class RedisExchange(RedisLink link) : IJobExchange
{
    private const string NoAppendOnly = "Redis runs without appendonly: when it ends unexpectedly it forgets the queue. No job is lost, since this server keeps each one and queues it again, but what was being drawn is drawn once more.";

    /// <inheritdoc/>
    public string Kind => "redis";

    /// <inheritdoc/>
    public string Name => "Redis";

    /// <inheritdoc/>
    public bool IsAway(Exception exception) => RedisLink.IsAway(exception);

    /// <inheritdoc/>
    public string Describe(Exception exception) => exception.Message;

    /// <inheritdoc/>
    public async Task<string?> PrepareAsync(JobOptions options, Action onEvent)
    {
        var connection = await link.OpenAsync().ConfigureAwait(false);
        var database = connection.GetDatabase();
        await database.PingAsync().ConfigureAwait(false);
        await link.EnsureGroupAsync().ConfigureAwait(false);
        await database.HashSetAsync(link.Keys.Settings, [new("claimAfterMs", (long)options.ClaimAfter.TotalMilliseconds), new("maxAttempts", options.MaxAttempts)]).ConfigureAwait(false);
        await link.ListenAsync(onEvent).ConfigureAwait(false);
        return await IsAppendOnlyAsync(connection).ConfigureAwait(false) ? null : NoAppendOnly;
    }

    /// <inheritdoc/>
    public async Task<JobLook?> LookAsync(string id)
    {
        var result = await link.RunAsync(RedisScripts.Look, id).ConfigureAwait(false);
        if (result.IsNull || result.Length != 9) return null;
        var text = (string[])result!;
        return new(text[0], (int)Number(text[1]), (int)Number(text[2]), text[3], text[4], Number(text[5]), Number(text[6]), text[7], text[8] == "1");
    }

    /// <inheritdoc/>
    public async Task PushAsync(string id, int attempt, string plan, TimeSpan keep)
    {
        await link.EnsureGroupAsync().ConfigureAwait(false);
        await link.RunAsync(RedisScripts.Push, id, attempt, (long)keep.TotalSeconds, plan).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task CancelAsync(string id, TimeSpan keep) => link.RunAsync(RedisScripts.Cancel, id, (long)keep.TotalSeconds);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<PlotFormat, byte[]>?> ReadImagesAsync(string id)
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        var formats = Enum.GetValues<PlotFormat>();
        var files = await database.HashGetAsync(link.Keys.Job(id), [.. formats.Select(static f => (RedisValue)JobNames.Of(f))]).ConfigureAwait(false);
        return files.Any(static f => f.IsNull) ? null : formats.Zip(files).ToDictionary(static p => p.First, static p => (byte[])p.Second!);
    }

    /// <inheritdoc/>
    public async Task KeepAsync(string id, TimeSpan keep) => await (await link.OpenAsync().ConfigureAwait(false)).GetDatabase().KeyExpireAsync(link.Keys.Job(id), keep).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RemoveAsync(IReadOnlyList<string> ids) =>
        await (await link.OpenAsync().ConfigureAwait(false)).GetDatabase().KeyDeleteAsync([.. ids.Select(link.Keys.Job)]).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobWorkerState>> ListWorkersAsync() => RedisWorkerBoard.ListAsync(link);

    /// <inheritdoc/>
    public Task ForgetGoneAsync() => RedisWorkerBoard.ForgetGoneAsync(link);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    private static async Task<bool> IsAppendOnlyAsync(ConnectionMultiplexer connection)
    {
        try
        {
            var server = connection.GetServer(connection.GetEndPoints()[0]);
            var answer = await server.ExecuteAsync("CONFIG", "GET", "appendonly").ConfigureAwait(false);
            return answer.Length < 2 || (string?)answer[1] != "no";
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            // A hosted Redis does not say.
            return true;
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
