using LiveDash.Core.Postgres;

namespace LiveDash.Core.Storage.Postgres;

/// <summary>Which database the store is in, and how patient it is.</summary>
internal sealed class PostgresStoreOptions
{
    /// <summary>The checked connection string.</summary>
    public required PostgresAddress Address { get; init; }

    /// <summary>How long a write whose outcome is unknown is tried again before it is answered as failed. Default 5 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>True to wait at open while another has it. Default false.</summary>
    public bool Standby { get; init; }

    /// <summary>How often the server is asked for sizes. Default 5 s.</summary>
    public TimeSpan MeasurePace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Called before every commit on the writer's thread; what it throws, the commit is taken to have thrown. For tests.</summary>
    public Action? BeforeCommit { get; init; }
}
