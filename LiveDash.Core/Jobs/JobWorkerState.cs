namespace LiveDash.Core.Jobs;

/// <summary>A worker at one moment. Immutable. Times are UTC ticks.</summary>
public sealed record JobWorkerState
{
    /// <summary>Its name: unique among those that are there.</summary>
    public required string Name { get; init; }

    /// <summary>The machine it runs on.</summary>
    public required string Host { get; init; }

    /// <summary>Since when it works.</summary>
    public required long Since { get; init; }

    /// <summary>When it was heard of last.</summary>
    public required long SeenAt { get; init; }

    /// <summary>The job it makes, or null while it waits for one.</summary>
    public string? Job { get; init; }

    /// <summary>Jobs it has made since it began.</summary>
    public long Done { get; init; }

    /// <summary>Jobs that failed with it since it began.</summary>
    public long Failed { get; init; }

    /// <summary>Points it read a second, over its last job; 0 before the first.</summary>
    public double PointsPerSecond { get; init; }
}
