namespace LiveDash.Core.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>It waits for a worker.</summary>
    Submitted,

    /// <summary>A worker makes it.</summary>
    Running,

    /// <summary>Its image is there.</summary>
    Done,

    /// <summary>It cannot be made; the error says why.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,
}
