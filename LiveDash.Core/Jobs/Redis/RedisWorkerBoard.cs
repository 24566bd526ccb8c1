using System.Globalization;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>Who works: each worker writes itself down every second and is forgotten when it has not for a while. Thread-safe.</summary>
internal static class RedisWorkerBoard
{
    /// <summary>A worker that was not heard of for so long is gone.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>Writes a worker down.</summary>
    internal static async Task WriteAsync(RedisLink link, JobWorkerState worker)
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        var key = link.Keys.Worker(worker.Name);
        HashEntry[] fields =
        [
            new("host", worker.Host), new("since", worker.Since), new("seen", worker.SeenAt), new("job", worker.Job ?? ""), new("done", worker.Done),
            new("failed", worker.Failed), new("rate", worker.PointsPerSecond.ToString("R", CultureInfo.InvariantCulture)),
        ];
        await Task.WhenAll(
            database.HashSetAsync(key, fields),
            database.KeyExpireAsync(key, Silence),
            database.SortedSetAddAsync(link.Keys.Workers, worker.Name, worker.SeenAt)).ConfigureAwait(false);
    }

    /// <summary>Strikes a worker out that ends orderly, and its place in the group, which holds nothing any more.</summary>
    internal static async Task RemoveAsync(RedisLink link, string name)
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        await database.KeyDeleteAsync(link.Keys.Worker(name)).ConfigureAwait(false);
        await database.SortedSetRemoveAsync(link.Keys.Workers, name).ConfigureAwait(false);
        await database.StreamDeleteConsumerAsync(link.Keys.Stream, RedisKeys.Group, name).ConfigureAwait(false);
    }

    /// <summary>Every worker that was heard of lately, by name.</summary>
    internal static async Task<IReadOnlyList<JobWorkerState>> ListAsync(RedisLink link)
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        var names = await database.SortedSetRangeByRankAsync(link.Keys.Workers).ConfigureAwait(false);
        var found = new List<JobWorkerState>(names.Length);
        foreach (var name in names)
        {
            var fields = (await database.HashGetAllAsync(link.Keys.Worker(name!)).ConfigureAwait(false)).ToDictionary(static f => (string)f.Name!, static f => (string)f.Value!);
            if (fields.Count == 0) await database.SortedSetRemoveAsync(link.Keys.Workers, name).ConfigureAwait(false);
            else found.Add(Read(name!, fields));
        }

        return [.. found.OrderBy(static w => w.Name, StringComparer.Ordinal)];
    }

    /// <summary>Strikes out of the group who has been gone for an hour and holds nothing.</summary>
    internal static async Task ForgetGoneAsync(RedisLink link)
    {
        var database = (await link.OpenAsync().ConfigureAwait(false)).GetDatabase();
        foreach (var consumer in await database.StreamConsumerInfoAsync(link.Keys.Stream, RedisKeys.Group).ConfigureAwait(false))
        {
            if (consumer.PendingMessageCount > 0 || consumer.IdleTimeInMilliseconds < 3_600_000) continue;
            await database.StreamDeleteConsumerAsync(link.Keys.Stream, RedisKeys.Group, consumer.Name).ConfigureAwait(false);
        }
    }

    private static JobWorkerState Read(string name, Dictionary<string, string> fields)
    {
        var job = fields.GetValueOrDefault("job", "");
        return new JobWorkerState
        {
            Name = name,
            Host = fields.GetValueOrDefault("host", ""),
            Since = Number("since"),
            SeenAt = Number("seen"),
            Job = job.Length > 0 ? job : null,
            Done = Number("done"),
            Failed = Number("failed"),
            PointsPerSecond = double.TryParse(fields.GetValueOrDefault("rate"), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : 0,
        };

        long Number(string field) => long.TryParse(fields.GetValueOrDefault(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
