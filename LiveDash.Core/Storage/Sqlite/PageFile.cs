using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// The pages of a database as they stand on disk, read without SQLite: for finding on which page a row stands, and for saving rows where SQLite refuses to go on.
/// By the format of sqlite.org/fileformat2.html. Used by one thread.
/// </summary>
internal sealed class PageFile : IDisposable
{
    /// <summary>LiveDash makes all its databases with pages of so many bytes.</summary>
    public const int PageSize = 4096;

    private const byte LeafTable = 13;
    private const byte InteriorTable = 5;

    // Each page of the pointer map tells of so many pages that follow it: 5 bytes each.
    private const int PagesPerMap = (PageSize / 5) + 1;

    // The page with the byte at 1 GiB is never used: the system's locks lie there.
    private const int LockPage = (0x40000000 / PageSize) + 1;

    private readonly SafeFileHandle _database;
    private readonly bool _ownsDatabase;
    private readonly SafeFileHandle? _log;
    private readonly WalPages _newer;

    private PageFile(SafeFileHandle database, bool ownsDatabase, SafeFileHandle? log, WalPages newer)
    {
        (_database, _ownsDatabase, _log, _newer) = (database, ownsDatabase, log, newer);
        PageCount = newer.PageCount > 0 ? newer.PageCount : (int)(RandomAccess.GetLength(database) / PageSize);
    }

    /// <summary>Looks at what never changes in the first hundred bytes: of some of it SQLite would take another value for a wish.</summary>
    /// <exception cref="InvalidDataException">It is not as LiveDash makes it.</exception>
    public static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[100];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        // Empty where it is new; zeros where the tables were made and stand in the log yet.
        if (file.Length == 0) return;
        if (file.Length < header.Length) throw new InvalidDataException("The file is too short.");
        file.ReadExactly(header);
        var isSound = header[..16].SequenceEqual("SQLite format 3\0"u8)
            && BinaryPrimitives.ReadUInt16BigEndian(header[16..]) == PageSize
            && (header[18] is 1 or 2) && (header[19] is 1 or 2) && header[20] == 0 && header[21..24].SequenceEqual<byte>([64, 32, 32])
            && (BinaryPrimitives.ReadUInt32BigEndian(header[44..]) is 0 or 4) && (BinaryPrimitives.ReadUInt32BigEndian(header[56..]) is 0 or 1)
            && BinaryPrimitives.ReadUInt32BigEndian(header[64..]) == 1 && (BinaryPrimitives.ReadUInt32BigEndian(header[68..]) is 0 or StoreSchema.ApplicationId);
        if (!isSound) throw new InvalidDataException("The file's header is damaged.");
    }

    /// <summary>How many pages there are.</summary>
    public int PageCount { get; }

    /// <summary>Opens the file for <see cref="Open"/> and leaves SQLite's locks on it alone. Closing it drops them, so it is closed after SQLite has closed.</summary>
    public static SafeFileHandle OpenHandle(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);

    /// <summary>Opens a database with its log.</summary>
    /// <param name="path">The database.</param>
    /// <param name="database">It, where SQLite has it open, which stays the caller's; then what is read may be of several moments. Null to open it here.</param>
    public static PageFile Open(string path, SafeFileHandle? database = null)
    {
        var log = File.Exists(path + "-wal") ? OpenHandle(path + "-wal") : null;
        var newer = new WalPages();
        if (log is not null)
        {
            using var stream = new FileStream(path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            newer = WalPages.Read(stream, PageSize);
        }

        return new PageFile(database ?? OpenHandle(path), database is null, log, newer);
    }

    /// <summary>Reads a page, numbered from 1; false where there is none.</summary>
    public bool TryRead(int page, Span<byte> into)
    {
        if (page < 1 || page > PageCount) return false;
        return _newer.Find(page) is { } at && _log is not null
            ? RandomAccess.Read(_log, into[..PageSize], at) == PageSize
            : RandomAccess.Read(_database, into[..PageSize], (long)(page - 1) * PageSize) == PageSize;
    }

    /// <summary>Reads every row of every table that is in use, page by page, whatever has become of the trees above.</summary>
    /// <param name="damaged">Takes the numbers of pages in use that are no pages of a table or an index, or not wholly.</param>
    public IEnumerable<RawRow> Rows(ICollection<int> damaged)
    {
        var bytes = new byte[PageSize];
        var map = new byte[PageSize];
        var mapPage = 0;
        for (var page = 3; page <= PageCount; page++)
        {
            if (MapOf(page) == page || page == LockPage) continue;
            if (MapOf(page) != mapPage)
            {
                mapPage = MapOf(page);
                if (!TryRead(mapPage, map)) map.AsSpan().Clear();
            }

            // 1 is a root, 5 another page of a tree; 2 is free, 3 and 4 belong to long rows. Anything else is damage to the map: then the page speaks for itself.
            var use = map[5 * (page - mapPage - 1)];
            if (use is 2 or 3 or 4) continue;
            if (!TryRead(page, bytes))
            {
                damaged.Add(page);
                continue;
            }

            if (bytes[0] == LeafTable)
            {
                var rows = RawRow.OfLeaf(this, page, bytes, out var isWhole);
                if (!isWhole) damaged.Add(page);
                foreach (var row in rows) yield return row;
            }
            else if (use is 1 or 5 && bytes[0] is not (InteriorTable or 2 or 10))
            {
                damaged.Add(page);
            }
        }
    }

    /// <summary>Finds a row of a table by its number; null where the way to it is damaged, or there is none.</summary>
    public RawRow? Find(int root, long rowId)
    {
        var bytes = new byte[PageSize];
        var page = root;
        // A tree of SQLite is never deeper than 20.
        for (var depth = 0; depth < 20 && TryRead(page, bytes); depth++)
        {
            if (bytes[0] == LeafTable) return RawRow.OfLeaf(this, page, bytes, out _).Find(row => row.RowId == rowId);
            if (bytes[0] != InteriorTable) return null;
            page = Child(bytes, rowId);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsDatabase) _database.Dispose();
        _log?.Dispose();
    }

    private static int MapOf(int page)
    {
        var map = ((page - 2) / PagesPerMap * PagesPerMap) + 2;
        return map == LockPage ? map + 1 : map;
    }

    private static int Child(ReadOnlySpan<byte> bytes, long rowId)
    {
        var cells = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        for (var i = 0; i < cells && 12 + (2 * i) + 2 <= PageSize; i++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(bytes[(12 + (2 * i))..]);
            if (at < 12 || at + 5 > PageSize) return 0;
            if (!RawRow.TryVarint(bytes, at + 4, out var key, out _)) return 0;
            if (rowId <= key) return BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
        }

        return BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
    }
}
