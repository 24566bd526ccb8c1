using LiveDash.Core.Model;

namespace LiveDash.Core.Jobs;

/// <summary>A job at one moment. Immutable: each change makes another. Times are UTC ticks.</summary>
public sealed record Job
{
    /// <summary>Its id: a UUID of version 7, in lower case, growing with time; jobs of before 2026-12 keep their twelve letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked for it; users take turns.</summary>
    public required string Owner { get; init; }

    /// <summary>What was asked for.</summary>
    public required JobRequest Request { get; init; }

    /// <summary>The range, as it was when the job was submitted.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; init; }

    /// <summary>Percent made while it runs; 100 once it is done.</summary>
    public int Progress { get; init; }

    /// <summary>Why it failed, else null.</summary>
    public string? Error { get; init; }

    /// <summary>The worker on another machine that makes it or made it; null where this process did.</summary>
    public string? Worker { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was submitted.</summary>
    public required long SubmittedAt { get; init; }

    /// <summary>When it was begun last.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it was done, failed or was cancelled.</summary>
    public long? FinishedAt { get; init; }

    /// <summary>The image's fingerprint once it is done; jobs with the same one share the image.</summary>
    public string? Image { get; init; }

    /// <summary>How many bytes its image takes in all formats.</summary>
    public long ImageBytes { get; init; }

    /// <summary>How many points it read.</summary>
    public long Points { get; init; }

    /// <summary>The schedule it was made for, else null.</summary>
    public string? Schedule { get; init; }

    /// <summary>True when nothing more will happen to it.</summary>
    public bool IsFinished => Status is JobStatus.Done or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>When it is no longer wanted, or null.</summary>
    public long? DeadlineAt => Request.Deadline is { } deadline ? SubmittedAt + deadline.Ticks : null;
}
