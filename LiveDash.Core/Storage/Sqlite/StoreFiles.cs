namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// The data directory: made for its owner alone, locked against a second process, with the database and the ballast in it.
/// Opened and closed once; the other members are used by one thread at a time.
/// </summary>
internal sealed class StoreFiles : IDisposable
{
    private readonly string _ballast;
    private readonly long _ballastBytes;
    private FileStream? _lock;

    public StoreFiles(string directory, long ballastBytes)
    {
        Directory = directory;
        _ballastBytes = ballastBytes;
        Database = Path.Combine(directory, "livedash.db");
        _ballast = Path.Combine(directory, "ballast");
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The database file.</summary>
    public string Database { get; }

    /// <summary>True when the ballast is in place (or none is wanted).</summary>
    public bool HasBallast => _ballastBytes <= 0 || (File.Exists(_ballast) && new FileInfo(_ballast).Length == _ballastBytes);

    /// <summary>Makes the folder and takes the lock.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be written, or another process has it.</exception>
    public void Acquire()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(Directory);
            }
            else if (!System.IO.Directory.Exists(Directory))
            {
                System.IO.Directory.CreateDirectory(Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }

        try
        {
            _lock = new FileStream(Path.Combine(Directory, "livedash.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unusable(e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"The data directory '{Directory}' is in use by another LiveDash. Stop that one, or set LiveDash:DataDirectory to another folder.", e);
        }
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

    /// <summary>Moves a database that cannot be read aside, so that a new one can be made.</summary>
    /// <returns>The name it has now.</returns>
    public string MoveAside(DateTimeOffset now)
    {
        var aside = $"{Database}.corrupt-{now:yyyyMMdd'T'HHmmss}";
        for (var i = 2; File.Exists(aside); i++) aside = $"{Database}.corrupt-{now:yyyyMMdd'T'HHmmss}-{i}";
        File.Move(Database, aside);
        foreach (var suffix in (string[])["-wal", "-shm"])
        {
            if (File.Exists(Database + suffix)) File.Move(Database + suffix, aside + suffix, overwrite: true);
        }

        return aside;
    }

    /// <summary>Puts the ballast in place; false when there is no space for it.</summary>
    public bool TryPlaceBallast()
    {
        if (HasBallast) return true;
        try
        {
            // Written, and with noise: a hole or compressible zeros would free nothing on some file systems.
            using var file = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            var noise = new byte[1 << 20];
            Random.Shared.NextBytes(noise);
            for (long at = 0; at < _ballastBytes; at += noise.Length) file.Write(noise.AsSpan(0, (int)Math.Min(noise.Length, _ballastBytes - at)));
            return true;
        }
        catch (IOException)
        {
            DropBallast();
            return false;
        }
    }

    /// <summary>Gives the ballast up.</summary>
    public void DropBallast()
    {
        try
        {
            File.Delete(_ballast);
        }
        catch (IOException)
        {
            // It stays; the deletion that wanted its space fails with the disk's own answer.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private StoreUnavailableException Unusable(Exception inner) =>
        new($"The data directory '{Directory}' cannot be written: {inner.Message} Set LiveDash:DataDirectory to a folder of your own.", inner);
}
