using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>The names of all keys of one LiveDash in a Redis. Immutable. docs/JOBS.md lists them for people.</summary>
internal sealed record RedisKeys(string Prefix)
{
    /// <summary>The consumer group of all workers.</summary>
    internal const string Group = "workers";

    /// <summary>The stream of jobs that wait or are being made: entries with the field <c>id</c>.</summary>
    internal RedisKey Stream => Prefix + "jobs";

    /// <summary>A hash: what workers must know besides their jobs.</summary>
    internal RedisKey Settings => Prefix + "settings";

    /// <summary>A sorted set of workers' names by when they were heard of last, in epoch milliseconds.</summary>
    internal RedisKey Workers => Prefix + "workers";

    /// <summary>The channel on which every change of a job is told, so that nobody has to ask often.</summary>
    internal RedisChannel Events => RedisChannel.Literal(Prefix + "events");

    /// <summary>A hash: one job, its parameters, its state and, once it is done, its image.</summary>
    internal RedisKey Job(string id) => Prefix + "job:" + id;

    /// <summary>A hash: one worker.</summary>
    internal RedisKey Worker(string name) => Prefix + "worker:" + name;
}
