namespace LiveDash.Core.Jobs;

/// <summary>Which jobs go first; within one priority users take turns.</summary>
public enum JobPriority
{
    /// <summary>Before all others.</summary>
    High,

    /// <summary>What a job has unless it says otherwise.</summary>
    Normal,

    /// <summary>When nothing else waits.</summary>
    Low,
}
