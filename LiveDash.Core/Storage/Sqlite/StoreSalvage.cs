using LiveDash.Core.Model;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Copies all that can be read of a damaged database into an empty one: by SQLite where its trees hold, and from the pages themselves where they do not. Each row is
/// checked by its own checksum, and what stands twice is taken from whichever copy is sound. Used once, by one thread.
/// </summary>
internal sealed class StoreSalvage : IDisposable
{
    private readonly SqliteConnection _into;
    private readonly SqliteStatement _series;
    private readonly SqliteStatement _log;
    private readonly SqliteStatement _body;
    private readonly SqliteStatement _document;
    private readonly PointGroup _group = new();
    private readonly Dictionary<long, (long Points, IReadOnlyList<int> Pages)> _lostCommits = [];
    private readonly Dictionary<long, IReadOnlyList<int>> _badBodies = [];
    private readonly HashSet<(string Kind, string Id)> _badDocuments = [];
    private readonly HashSet<long> _quarantined = [];
    private readonly SortedSet<int> _pages = [];
    private readonly HashSet<string> _hit = new(StringComparer.Ordinal);

    /// <summary>Prepares to fill an empty database with the tables made.</summary>
    public StoreSalvage(SqliteConnection into)
    {
        _into = into;
        _series = into.Prepare("INSERT OR IGNORE INTO series (id, name, tags, sum) VALUES (?, ?, ?, ?)");
        _log = into.Prepare("INSERT OR IGNORE INTO log (id, points, body) VALUES (?, ?, ?)");
        _body = into.Prepare("INSERT OR IGNORE INTO body (id, bytes) VALUES (?, ?)");
        _document = into.Prepare("INSERT OR IGNORE INTO document (kind, id, body, sum) VALUES (?, ?, ?, ?)");
    }

    /// <summary>Blocks that were set apart before, by their numbers.</summary>
    public IReadOnlySet<long> Quarantined => _quarantined;

    /// <summary>Commits that are lost: their points, and the pages they stood on, by the id of the first point.</summary>
    public IReadOnlyDictionary<long, (long Points, IReadOnlyList<int> Pages)> LostCommits => _lostCommits;

    /// <summary>The pages of bodies whose checksum is wrong, by the block's number.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<int>> BadBodies => _badBodies;

    /// <summary>Documents that are damaged in every place they stand in.</summary>
    public IReadOnlyList<(string Kind, string Id)> LostDocuments()
    {
        using var row = _into.Prepare("SELECT count(*) FROM document WHERE kind = ? AND id = ?");
        var lost = new List<(string, string)>();
        foreach (var (kind, id) in _badDocuments)
        {
            row.Bind(1, kind).Bind(2, id);
            if (row.Step() && row.Long(0) == 0) lost.Add((kind, id));
            row.Reset();
        }

        return lost;
    }

    /// <summary>Pages of the damaged file that are not what they should be.</summary>
    public IReadOnlyCollection<int> Pages => _pages;

    /// <summary>What was hit, in words such as <c>documents</c>.</summary>
    public IReadOnlyCollection<string> Hit => _hit;

    /// <summary>Copies.</summary>
    /// <param name="path">The damaged database; not open elsewhere.</param>
    public void Run(string path)
    {
        var isWalkable = TryWalk(path);
        using var file = PageFile.Open(path);
        // A checksum that is wrong may be the file's header: then SQLite reads all of it in the wrong way.
        if (!isWalkable || _hit.Count > 0)
        {
            foreach (var row in file.Rows(_pages)) Take(row);
        }

        // What was offered twice and sound once is no loss.
        foreach (var id in _lostCommits.Keys.Where(id => _into.Scalar($"SELECT count(*) FROM log WHERE id = {id}") > 0).ToList()) _lostCommits.Remove(id);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _series.Dispose();
        _log.Dispose();
        _body.Dispose();
        _document.Dispose();
    }

    // By SQLite: false where it met damage to the trees, so that rows may be missing.
    private bool TryWalk(string path)
    {
        SqliteConnection from;
        try
        {
            from = SqliteConnection.Open(path, write: true);
        }
        catch (SqliteFailure)
        {
            return false;
        }

        using (from)
        {
            var isOld = Try(() => from.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'state'")) is > 0;
            var sum = isOld ? "" : ", sum";
            var good = Try(() => from.Scalar("SELECT count(*) FROM log WHERE id < 0")) is not null;
            foreach (var copy in isOld ? (string[])[""] : ["", "_copy"])
            {
                good &= Walk(from, $"SELECT id, name, tags{sum} FROM series{copy}", "series", row => OfferSeries(row.Long(0), row.Text(1), row.Text(2), isOld ? null : row.Long(3)));
                good &= Walk(from, $"SELECT {BlockTable.Columns}{sum} FROM block{copy}", "headers", row => OfferBlock(row.Long(1), BlockTable.Header(row), isOld ? null : row.Long(12)));
                good &= Walk(from, $"SELECT kind, id, body{sum} FROM document{copy} NOT INDEXED", "documents", row => OfferDocument(row.Text(0), row.Text(1), row.Blob(2), isOld ? null : row.Long(3)));
            }

            if (!isOld)
            {
                good &= Walk(from, $"SELECT {BlockTable.Columns}, sum FROM quarantine", "headers", row =>
                {
                    _quarantined.Add(row.Long(0));
                    OfferBlock(row.Long(1), BlockTable.Header(row), row.Long(12));
                });
            }

            var (logRoot, bodyRoot) = (Root(from, "log"), Root(from, "body"));
            good &= Walk(from, "SELECT id, points, body FROM log ORDER BY id", "commits", row => OfferLog(row.Long(0), row.Long(1), row.Blob(2), () => PagesOf(path, logRoot, row.Long(0))));
            good &= Walk(from, "SELECT id, bytes FROM body ORDER BY id", "blocks", row => OfferBody(row.Long(0), row.Blob(1), () => PagesOf(path, bodyRoot, row.Long(0))));
            return good;
        }
    }

    private static int Root(SqliteConnection from, string table) => (int)(Try(() => from.Scalar($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'")) ?? 0);

    private static long? Try(Func<long> ask)
    {
        try
        {
            return ask();
        }
        catch (SqliteFailure)
        {
            return null;
        }
    }

    private bool Walk(SqliteConnection from, string sql, string what, Action<SqliteStatement> offer)
    {
        try
        {
            using var rows = from.Prepare(sql);
            while (rows.Step()) offer(rows);
            return true;
        }
        catch (SqliteFailure)
        {
            _hit.Add(what);
            return false;
        }
    }

    // Closing a file that SQLite has open would drop its locks; nothing else is let into the directory meanwhile.
    private static IReadOnlyList<int> PagesOf(string path, int root, long id)
    {
        using var file = PageFile.Open(path);
        return file.Find(root, id)?.Pages ?? [];
    }

    // Which table a row is of is told by its columns: no two tables have the same, but the copies. The first version's rows lack the checksum at the end.
    private void Take(RawRow row)
    {
        switch (row.Columns)
        {
            case [null, string name, string tags]:
                OfferSeries(row.RowId, name, tags, null);
                break;
            case [null, string name, string tags, long sum]:
                OfferSeries(row.RowId, name, tags, sum);
                break;
            case [null, long points, byte[] body]:
                OfferLog(row.RowId, points, body, () => row.Pages);
                break;
            case [null, byte[] bytes]:
                OfferBody(row.RowId, bytes, () => row.Pages);
                break;
            case [string kind, string id, byte[] body]:
                OfferDocument(kind, id, body, null);
                break;
            case [string kind, string id, byte[] body, long sum]:
                OfferDocument(kind, id, body, sum);
                break;
            case [null, long series, long points, long bytes, long minTime, long maxTime, long maxId, long marks, var minX, var minY, var maxX, var maxY, ..]:
                var box = minX is null ? (BoundingBox?)null : new BoundingBox(Real(minX), Real(minY), Real(maxX), Real(maxY));
                var (hasSenders, step) = BlockHeader.OfMarks(marks);
                var header = new BlockHeader(row.RowId, (int)points, (int)bytes, minTime, maxTime, maxId, hasSenders, box, step);
                if (row.Columns.Count is 12 or 13) OfferBlock(series, header, row.Columns.Count == 13 ? row.Columns[12] as long? ?? -1 : null);
                break;
        }
    }

    // SQLite keeps a real without a fraction as a whole number.
    private static double Real(object? value) => value switch
    {
        double real => real,
        long whole => whole,
        _ => double.NaN,
    };

    private void OfferSeries(long id, string name, string tags, long? sum)
    {
        var right = RowChecks.OfSeries(id, name, tags);
        if (sum is not null && sum != right) _hit.Add("series");
        else _series.Bind(1, id).Bind(2, name).Bind(3, tags).Bind(4, right).Run();
    }

    private void OfferDocument(string kind, string id, ReadOnlySpan<byte> body, long? sum)
    {
        var right = RowChecks.OfDocument(kind, id, body);
        if (sum is not null && sum != right)
        {
            _hit.Add("documents");
            _badDocuments.Add((kind, id));
            return;
        }

        _document.Bind(1, kind).Bind(2, id).Bind(3, body).Bind(4, right).Run();
    }

    private void OfferBlock(long series, BlockHeader header, long? sum)
    {
        if (sum is not null && !BlockTable.IsPlausible(series, header, sum.Value)) _hit.Add("headers");
        else if (series is >= 0 and <= int.MaxValue && header.Points is >= 1 and <= BlockCodec.MaxPoints) BlockTable.Insert(_into, "block", (int)series, header);
    }

    private void OfferLog(long id, long points, ReadOnlySpan<byte> body, Func<IReadOnlyList<int>> pages)
    {
        try
        {
            LogCodec.Decode(body, _group);
            _log.Bind(1, id).Bind(2, points).Bind(3, body).Run();
        }
        catch (InvalidDataException)
        {
            _lostCommits[id] = (points, pages());
        }
    }

    private void OfferBody(long id, ReadOnlySpan<byte> bytes, Func<IReadOnlyList<int>> pages)
    {
        try
        {
            BlockCodec.ReadDirectory(bytes);
            _body.Bind(1, id).Bind(2, bytes).Run();
        }
        catch (InvalidDataException)
        {
            _badBodies[id] = pages();
        }
    }
}
