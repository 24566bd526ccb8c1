namespace LiveDash.Core.Jobs.Remote;

/// <summary>How workers of a machine of their own are set up. Immutable.</summary>
public sealed record RemoteWorkerOptions
{
    /// <summary>Where Redis is, such as <c>127.0.0.1:6379</c>, or any configuration text of StackExchange.Redis; null where jobs come from PostgreSQL.</summary>
    public string? Redis { get; init; }

    /// <summary>The server's <c>LiveDash:Jobs:PostgreSQL</c>; null where jobs come from Redis.</summary>
    public string? PostgreSQL { get; init; }

    /// <summary>The server that owns the points; null where they are read from the store that it shares.</summary>
    public Uri? Server { get; init; }

    /// <summary>The server's <c>LiveDash:Storage:MongoDB</c>, to read the points from there directly; null to ask the server.</summary>
    public string? MongoDB { get; init; }

    /// <summary>The server's <c>LiveDash:Storage:PostgreSQL</c>, to read the points from there directly; null to ask the server.</summary>
    public string? PointsPostgreSQL { get; init; }

    /// <summary>What lets the workers read points from it, or null.</summary>
    public string? Key { get; init; }

    /// <summary>What every key in Redis begins with; as the server has it.</summary>
    public string Prefix { get; init; } = "livedash:";

    /// <summary>What the workers call themselves; a number follows where there are several. Default: the machine's name and the process.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How many jobs are made at once, 1 to 64.</summary>
    public int Parallel { get; init; } = 1;
}
