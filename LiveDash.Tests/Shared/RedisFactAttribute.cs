namespace LiveDash.Tests.Shared;

/// <summary>A test against Debian's <c>redis-server</c>: skipped aloud where there is none, but a failure where <c>CI</c> is true.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute()
    {
        if (RedisServer.Program is null && Environment.GetEnvironmentVariable("CI") != "true") Skip = "redis-server is not installed (apt-get install redis-server).";
    }
}
