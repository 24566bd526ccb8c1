namespace LiveDash.Core.Detection;

/// <summary>What can make a moment strange.</summary>
public enum EvidenceKind
{
    /// <summary>Nothing is strange.</summary>
    None,

    /// <summary>For two hours or more of bars, the values were further from what is expected at this time than they use to be.</summary>
    Level,

    /// <summary>As <see cref="Level"/>, with a value that is known, but not at this hour.</summary>
    Hour,

    /// <summary>As <see cref="Hour"/>, of a series that repeats by another period than the day's: a value that is known, but not at this point of it.</summary>
    Cycle,

    /// <summary>A value of a size that was not seen lately.</summary>
    Novelty,

    /// <summary>A step larger than nearly all others.</summary>
    Jump,

    /// <summary>The same value for longer than ever.</summary>
    Unchanged,

    /// <summary>The values move much less than they use to.</summary>
    Quiet,

    /// <summary>The values move much more than they use to.</summary>
    Noisy,
}
