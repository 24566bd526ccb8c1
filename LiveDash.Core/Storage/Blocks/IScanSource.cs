namespace LiveDash.Core.Storage.Blocks;

/// <summary>What a scan reads: the store that owns its database, or a look at one that another process owns.</summary>
internal interface IScanSource
{
    /// <summary>Reads sealed blocks.</summary>
    BlockSource Blocks { get; }

    /// <summary>The id of the newest committed point.</summary>
    long LastId { get; }

    /// <summary>To be held while snapshots are read.</summary>
    IDisposable BeginScan();

    /// <summary>Some series as they are now, all of one moment.</summary>
    List<SeriesSnapshot> Snapshot(IReadOnlyList<int> series);

    /// <summary>Holds sealing and retention off until it is disposed of.</summary>
    /// <exception cref="StoreUnavailableException">They are another's to hold.</exception>
    Task<IDisposable> HoldAsync(CancellationToken cancellationToken);
}
