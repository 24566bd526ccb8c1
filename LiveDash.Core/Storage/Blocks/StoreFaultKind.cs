namespace LiveDash.Core.Storage.Blocks;

/// <summary>What is done about a failed write.</summary>
internal enum StoreFaultKind
{
    /// <summary>This change is refused; the next is tried.</summary>
    Refused,

    /// <summary>No space: changes that need some are refused until there is space again.</summary>
    Full,

    /// <summary>The database cannot be reached or takes no writes now: changes are refused until it does again.</summary>
    Away,

    /// <summary>Nothing more is written before a restart, so that what is kept stays sound.</summary>
    Broken,
}
