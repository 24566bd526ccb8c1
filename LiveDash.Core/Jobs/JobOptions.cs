using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Jobs;

/// <summary>How jobs are worked off; the settings under <c>LiveDash:Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>How many jobs are made at once, 1 to 64. Default: one fewer than the cores, at least 1.</summary>
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 64);

    /// <summary>How often a job that ended with the process is begun again before it fails, 1 to 10. Default 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long one job may take, at least 1 s. Default 5 minutes.</summary>
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where a Redis is that hands the jobs to workers on other machines, such as <c>127.0.0.1:6379</c> or any configuration text of StackExchange.Redis;
    /// empty for workers in this process. Default empty.</summary>
    public string Redis { get; set; } = "";

    /// <summary>A connection string of a PostgreSQL that does the same in the place of Redis; its tables stand in the schema of <c>Search Path</c>, <c>livedash_jobs</c> where it names none.
    /// Default empty.</summary>
    public string PostgreSQL { get; set; } = "";

    /// <summary>What every key in Redis begins with. Default <c>livedash:</c>.</summary>
    public string RedisPrefix { get; set; } = "livedash:";

    /// <summary>The key without which a worker of its own gets no points from this server; empty for none. Default empty; at least 16 characters.</summary>
    public string WorkerKey { get; set; } = "";

    /// <summary>How long a worker on another machine may be silent before its job is given to another one, 1 s to 1 hour. Default 15 s.</summary>
    public TimeSpan ClaimAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>True where <see cref="WorkerKey"/> is set and <paramref name="sent"/> is it. Digests are of one length, so that the time it takes tells nothing of the key.</summary>
    public bool IsWorkerKey(string sent) =>
        WorkerKey.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(WorkerKey)));
}
