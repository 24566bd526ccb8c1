namespace LiveDash.Core.Jobs.Schedules;

/// <summary>A scheduled plot at one moment. Immutable: each change makes another. Times are UTC ticks.</summary>
public sealed record PlotState
{
    /// <summary>What is drawn, and when.</summary>
    public required PlotDefinition Definition { get; init; }

    /// <summary>When it is due next; null while it is paused.</summary>
    public long? NextAt { get; init; }

    /// <summary>The job that draws it now, or null.</summary>
    public string? PendingJob { get; init; }

    /// <summary>Why the newest drawing failed, or null. The image before it stays.</summary>
    public string? Error { get; init; }

    /// <summary>The newest image, or null before the first.</summary>
    public PlotImage? Image { get; init; }
}
