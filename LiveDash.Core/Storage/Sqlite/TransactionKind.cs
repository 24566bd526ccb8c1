namespace LiveDash.Core.Storage.Sqlite;

/// <summary>What a transaction does to the space that is left.</summary>
internal enum TransactionKind
{
    /// <summary>It needs space: refused while the disk is full.</summary>
    Adds,

    /// <summary>It frees space: while the disk is full, the ballast is given up for it.</summary>
    Frees,

    /// <summary>It takes no more than it frees: tried while the disk is full, but the ballast stays.</summary>
    Moves,

    /// <summary>It finds out whether there is space again.</summary>
    Probes,
}
