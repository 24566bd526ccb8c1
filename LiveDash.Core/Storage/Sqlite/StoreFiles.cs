using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// The data directory: made for its owner alone, locked against a second process, with the database and the files that keep space in it.
/// Opened and closed once; <see cref="IsReachable"/> may be asked on any thread, the other members are used by one thread at a time.
/// </summary>
internal sealed class StoreFiles : IDisposable
{
    // What the systems answer to a write on a disk that is mounted for reading alone.
    private const int ReadOnlyFileSystem = 30;

    private readonly string _lockPath;
    private FileStream? _lock;
    private SafeFileHandle? _handle;
    private (string Path, FileIdentity? File)[] _watched = [];

    public StoreFiles(string directory, long ballastBytes, long reserveBytes = 0)
    {
        Directory = directory;
        Database = Path.Combine(directory, "livedash.db");
        _lockPath = Path.Combine(directory, "livedash.lock");
        Ballast = new SpaceFile(Path.Combine(directory, "ballast"), ballastBytes);
        Reserve = new SpaceFile(Path.Combine(directory, "reserve"), reserveBytes);
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The database file.</summary>
    public string Database { get; }

    /// <summary>Given up so that deleting is possible on a full disk.</summary>
    public SpaceFile Ballast { get; }

    /// <summary>Given up so that alerts and their notices can be kept on a full disk.</summary>
    public SpaceFile Reserve { get; }

    /// <summary>
    /// True while the files that are open are the ones that stand in the folder: what is committed now can be found again. A few microseconds.
    /// </summary>
    public bool IsReachable
    {
        get
        {
            foreach (var (path, file) in _watched)
            {
                if (FileIdentity.Of(path) != file) return false;
            }

            return true;
        }
    }

    /// <summary>True where another database stands in the folder than the one that is open.</summary>
    public bool IsReplaced => FileIdentity.Of(Database) is { } now && Array.Find(_watched, one => one.Path == Database).File is { } file && now != file;

    /// <summary>Makes the folder, takes the lock and sees to it that only the owner may read.</summary>
    /// <returns>What an operator should know of the files' modes.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be written, or another process has it.</exception>
    public IReadOnlyList<string> Acquire()
    {
        try
        {
            OwnerOnly.MakeFolder(Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }

        try
        {
            _lock = new FileStream(_lockPath, OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            MakeDatabase();
            return OwnerOnly.Tighten(Directory);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unusable(e);
        }
        catch (IOException e) when (e.HResult == ReadOnlyFileSystem || e is DirectoryNotFoundException)
        {
            throw Unusable(e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"The data directory '{Directory}' is in use by another LiveDash. Stop that one, or set LiveDash:DataDirectory to another folder.", e);
        }
    }

    /// <summary>Makes an empty database where there is none, for its owner alone: SQLite would make it readable by all, and its log and shared memory take the database's mode.</summary>
    public void MakeDatabase()
    {
        if (!File.Exists(Database)) new FileStream(Database, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();
    }

    /// <summary>The database as a file, for reading its pages; null before it is watched. Kept open beside SQLite, whose locks the closing would drop.</summary>
    public SafeFileHandle? Handle => _handle;

    /// <summary>How many bytes the files that keep space still lack.</summary>
    public long MissingSpace => Ballast.Missing + Reserve.Missing;

    /// <summary>Puts the files in place that keep space for a full disk.</summary>
    public void PlaceSpace()
    {
        // The smaller one first: a notice that cannot leave is worse than points that cannot be deleted yet.
        if (Reserve.TryPlace()) Ballast.TryPlace();
    }

    /// <summary>Takes note of the files that are open now: they are watched from here on. To be called while SQLite has them open.</summary>
    public void Watch()
    {
        var old = _handle;
        _handle = PageFile.OpenHandle(Database);
        old?.Dispose();
        _watched = Watched();
    }

    /// <summary>How many bytes the database and its log take.</summary>
    public long UsedBytes() => Length(Database) + Length(Database + "-wal");

    /// <summary>How many bytes the log of the database takes.</summary>
    public long LogBytes() => Length(Database + "-wal");

    /// <summary>How many bytes are free on the disk; <see cref="long.MaxValue"/> where that cannot be told.</summary>
    public long FreeBytes()
    {
        try
        {
            return new DriveInfo(Directory).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>Moves a database aside, so that another one can be put in its place.</summary>
    /// <param name="now">The time, for its name.</param>
    /// <param name="why">A word for its name.</param>
    /// <returns>The name it has now.</returns>
    public string MoveAside(DateTimeOffset now, string why = "corrupt")
    {
        var aside = $"{Database}.{why}-{now:yyyyMMdd'T'HHmmss}";
        for (var i = 2; File.Exists(aside); i++) aside = $"{Database}.{why}-{now:yyyyMMdd'T'HHmmss}-{i}";
        File.Move(Database, aside);
        foreach (var suffix in (string[])["-wal", "-shm"])
        {
            if (File.Exists(Database + suffix)) File.Move(Database + suffix, aside + suffix, overwrite: true);
        }

        return aside;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watched = [];
        _handle?.Dispose();
        _lock?.Dispose();
    }

    private (string, FileIdentity?)[] Watched() => [.. ((string[])[_lockPath, Database, Database + "-wal"]).Select(static path => (path, FileIdentity.Of(path)))];

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private StoreUnavailableException Unusable(Exception inner) => new(
        inner.HResult == ReadOnlyFileSystem
            ? $"The data directory '{Directory}' is on a disk that is mounted read-only. Mount it for writing, or set LiveDash:DataDirectory to a folder of your own."
            : $"The data directory '{Directory}' cannot be written: {inner.Message} Set LiveDash:DataDirectory to a folder of your own.",
        inner);
}
