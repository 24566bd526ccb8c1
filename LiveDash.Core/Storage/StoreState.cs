namespace LiveDash.Core.Storage;

/// <summary>Whether a store takes points.</summary>
public enum StoreState
{
    /// <summary>Not opened yet.</summary>
    Opening,

    /// <summary>Reads and writes.</summary>
    Ready,

    /// <summary>No space: inserts are refused, reads go on, and it looks for space again by itself.</summary>
    Full,

    /// <summary>The database cannot be reached or takes no writes now: inserts are refused, and it is asked again by itself.</summary>
    Unavailable,

    /// <summary>A sync failed, or another process writes: inserts are refused, reads go on.</summary>
    ReadOnly,
}
