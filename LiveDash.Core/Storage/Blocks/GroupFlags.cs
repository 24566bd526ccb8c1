namespace LiveDash.Core.Storage.Blocks;

/// <summary>Which columns a group of a block has besides times, ids and values.</summary>
[Flags]
internal enum GroupFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Locations.</summary>
    Locations = 1,

    /// <summary>Hashes of the senders' ids.</summary>
    Senders = 2,

    /// <summary>Of how many points each row is a summary, with their least, greatest and sum. Never beside <see cref="Senders"/>.</summary>
    Summaries = 4,
}
