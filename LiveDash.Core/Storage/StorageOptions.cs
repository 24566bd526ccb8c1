namespace LiveDash.Core.Storage;

/// <summary>
/// Where points and documents are kept and for how long. The settings under <c>LiveDash:Storage</c> change the defaults;
/// the directory is the setting <c>LiveDash:DataDirectory</c>. Read once, when the store is opened.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>The folder of all data, an absolute path, set where the core is put together.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>
    /// How many days points are kept, by their event time. Default 0: until <see cref="MaxBytes"/> is reached, because a history that someone
    /// imports is old from the start and must not vanish.
    /// </summary>
    public double RetentionDays { get; set; }

    /// <summary>How many bytes the database may take; the oldest points go first. Default 10 GiB, at least 16 MiB; 0 for no bound.</summary>
    public long MaxBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>
    /// The size of the file that is given up when the disk is full, so that deleting stays possible. Default 16 MiB; 0 for none.
    /// </summary>
    public long BallastBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>
    /// The size of the file that is given up when the disk is full, so that alerts and the notices they owe can still be kept. Default 4 MiB; 0 for none.
    /// </summary>
    public long ReserveBytes { get; set; } = 4L * 1024 * 1024;

    /// <summary>How many points wait in memory (and in the log) before they are sealed into columnar blocks; one with an id of its sender counts as five. Default 262,144, at least 16.</summary>
    public int SealPoints { get; set; } = 262_144;

    /// <summary>Which series are downsampled as they grow old, and how; the first pattern that matches counts. Default none: points are kept as they came.</summary>
    public IList<TierSetting> Tiers { get; } = [];

    /// <summary>
    /// A connection string of MongoDB: then points and documents are kept there. Default none: the embedded database in <see cref="DataDirectory"/>. Holds a
    /// password, so it is written nowhere.
    /// </summary>
    public string? MongoDB { get; set; }

    /// <summary>
    /// A connection string of PostgreSQL: then points and documents are kept there, in the schema that its <c>Search Path</c> names or <c>livedash</c>. Default none. Holds a
    /// password, so it is written nowhere.
    /// </summary>
    public string? PostgreSQL { get; set; }

    /// <summary>
    /// True to wait at start for as long as another LiveDash has the database of <see cref="PostgreSQL"/>, and take it over once that one is gone. Default false: a second one is refused.
    /// </summary>
    public bool Standby { get; set; }

    /// <summary>A bound on the database in pages, as a full disk would set it; null for none. For tests.</summary>
    internal long? MaxPages { get; set; }

    /// <summary>Called before every commit on the writer's thread; what it throws, the commit is taken to have thrown. For tests.</summary>
    internal Action? BeforeCommit { get; set; }
}
