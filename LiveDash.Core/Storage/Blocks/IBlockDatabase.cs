using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// What keeps log rows, sealed blocks and documents on disk: the only part of a store that is its database's. What writes is called by the store's
/// writer thread alone, a change at a time, and returns once the change is on disk, whole; it throws, and nothing of it was kept, or
/// <see cref="Judge"/> says otherwise. What reads and measures is called by any thread.
/// </summary>
internal interface IBlockDatabase : IBlockBodies, IDisposable
{
    /// <summary>Name and version of what keeps the data, such as <c>SQLite 3.53.4</c>.</summary>
    string Engine { get; }

    /// <summary>Where the data is, for the log and the operator; holds no password.</summary>
    string Place { get; }

    /// <summary>What else an operator may want to know of the database, by name; cheap, never blocks.</summary>
    IReadOnlyList<StoreFact> Facts { get; }

    /// <summary>Before it is opened: waits for as long as another process has it, where it was told to; ends with the token.</summary>
    /// <param name="told">Hears, once, what is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    void StandBy(Action<string> told, CancellationToken cancellationToken)
    {
    }

    /// <summary>Opens the database, repairs what a crash left, and tells all that it holds. Called once, first.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be used, or another process has it.</exception>
    void Open(StoreContents contents);

    /// <summary>Keeps one commit's points as a log row, and the series that are new in it.</summary>
    void WriteLog(long firstId, int points, ReadOnlySpan<byte> body, int firstSeries, IReadOnlyList<SeriesKey> newSeries);

    /// <summary>Puts sealed blocks in the place of the log rows up to an id and of the blocks that were merged into them.</summary>
    /// <param name="changes">The new blocks and those that go.</param>
    /// <param name="bodies">The bodies of all new blocks, one after the other.</param>
    /// <param name="lastId">The newest id that is sealed now.</param>
    void WriteSeal(IReadOnlyList<SealedSeries> changes, ReadOnlySpan<byte> bodies, long lastId);

    /// <summary>Deletes sealed blocks.</summary>
    void DeleteBlocks(IReadOnlyList<BlockHeader> blocks);

    /// <summary>Makes all changes of documents, or none.</summary>
    void WriteDocuments(IReadOnlyList<DocumentChange> changes);

    /// <summary>Finds out whether it takes writes (again).</summary>
    void Probe();

    /// <summary>After each change: what can wait until it is acknowledged.</summary>
    /// <param name="freed">True when it was to free space on a full disk.</param>
    void Settle(bool freed);

    /// <summary>Gives freed space back to the disk.</summary>
    void Compact();

    /// <summary>Gives up what is kept back on a full disk for changes of a kind; false where there is nothing.</summary>
    bool TryMakeRoom(ChangeKind kind);

    /// <summary>What a failure means; null where it is no failure of the database.</summary>
    StoreFault? Judge(Exception failure);

    /// <summary>What was found damaged and what it cost, the newest first; none for a database that looks after that itself. Cheap, never blocks.</summary>
    IReadOnlyList<StoreDamage> Damages => [];

    /// <summary>Sets a sealed block apart whose body is damaged or missing, and puts on record what is lost with it.</summary>
    /// <param name="series">The name of its series.</param>
    /// <param name="number">The number of its series.</param>
    /// <param name="block">Its header.</param>
    /// <param name="why">What is wrong with it.</param>
    void Quarantine(string series, int number, BlockHeader block, string why) => DeleteBlocks([block]);

    /// <summary>Takes note of a damage; false where there is none of that name.</summary>
    bool Acknowledge(string id) => false;

    /// <summary>One document's bytes, or null.</summary>
    Task<byte[]?> GetDocumentAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Every document of a kind, in any order.</summary>
    Task<List<Document>> ListDocumentsAsync(string kind, CancellationToken cancellationToken);

    /// <summary>The kinds of documents that there are, in any order.</summary>
    IReadOnlyList<string> DocumentKinds();

    /// <summary>Copies everything that is committed into a file and checks it; by any thread, while others write.</summary>
    /// <exception cref="NotSupportedException">It has tools of its own for that.</exception>
    BackupReport BackUp(string file, CancellationToken cancellationToken) => throw new NotSupportedException($"{Engine} is backed up with its own tools, mongodump --oplog or pg_dump; keep a copy of the key file apart.");

    /// <summary>How large it is now.</summary>
    StoreSize Measure();

    /// <summary>Once a second: what the database needs besides.</summary>
    void Tend(StoreState state, StoreSize size);

    /// <summary>False while it is not worth asking whether a full disk has space again.</summary>
    bool MayHaveRoom(StoreSize size);
}
