namespace LiveDash.Core.Storage.Blocks;

/// <summary>What a change does to the space that is left.</summary>
internal enum ChangeKind
{
    /// <summary>It needs space: refused while the disk is full.</summary>
    Adds,

    /// <summary>It needs a little space and must not wait for it: while the disk is full, the reserve is given up for it.</summary>
    Owes,

    /// <summary>It frees space: while the disk is full, what was kept back is given up for it.</summary>
    Frees,

    /// <summary>It takes no more than it frees: tried while the disk is full, but what was kept back stays.</summary>
    Moves,

    /// <summary>It finds out whether the database takes writes again.</summary>
    Probes,
}
