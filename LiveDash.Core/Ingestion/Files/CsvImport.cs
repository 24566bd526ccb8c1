using System.Text;
using CsvHelper;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Points in CSV, a row a point or several, by an <see cref="ImportMap"/>. CsvHelper cuts rows into cells, behind <see cref="CsvRepair"/>. How times and numbers are
/// written is decided over the first thousand rows and then held. Memory does not grow with the file. One import, one of these.
/// </summary>
internal sealed class CsvImport(Admission admission, ImportMap asked)
{
    /// <summary>Over how many rows columns are decided.</summary>
    public const int DecidingRows = 1000;

    private const int HeadBytes = 64 * 1024;
    private readonly List<(CsvRow Row, string[] Cells)> _first = [];
    private CsvColumns? _columns;
    private ImportMap _map = asked;
    private ImportRow? _row;
    private ImportCells? _cells;
    private char _separator;

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="ImportQuestionException">It can be read in more than one way; nothing was taken.</exception>
    /// <exception cref="TooManyFaultsException">More rows were refused than <see cref="Model.Limits.MaxFaults"/> allows.</exception>
    public async Task RunAsync(Stream file, IngestSession session, CancellationToken cancellationToken)
    {
        var (text, separator) = await OpenAsync(file, session, cancellationToken).ConfigureAwait(false);
        _separator = separator;
        using var repair = new CsvRepair(text, separator, admission.Limits.MaxLineBytes);
        using var parser = Open(repair, separator);
        string[]? names = null;
        while (await parser.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = repair.NextRow();
            if (row.TooLong) session.Reject(row.Line, RejectReason.LineTooLong, $"The row is longer than {admission.Limits.MaxLineBytes} characters (LiveDash:Limits:MaxLineBytes).");
            else if (names is not null) Take(row, CellsOf(parser), names, session);
            else if (!TryHeader(names = Array.ConvertAll(CellsOf(parser), static name => name.Trim()), session)) return;
            if (!session.IsFull) continue;
            await session.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (session.IsHopeless(admission.Limits.MaxFaults)) throw new TooManyFaultsException(admission.Limits.MaxFaults);
        }

        if (names is not null && _columns is null) Decide(names, session);
        if (names is null) TryHeader([], session);
    }

    // Strict RFC 4180 comes out of the repair, so nothing here recovers or skips.
    private static CsvReader Open(CsvRepair repair, char separator) => CsvReader.Create(
        repair, new CsvReaderOptions { Separator = separator, HasHeader = false, SkipEmptyLines = false, DetectSeparatorHint = false }, leaveOpen: true);

    private static string[] CellsOf(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = reader.GetString(i);
        return cells;
    }

    private async Task<(TextReader Text, char Separator)> OpenAsync(Stream file, IngestSession session, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var encoding = CsvText.EncodingOf(head.AsSpan(0, length));
        var found = CsvText.SeparatorOf(Decode(encoding, head.AsSpan(0, length)), out var skip);
        var reader = new StreamReader(new HeadedStream(head.AsMemory(0, length), file), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
        if (skip > 0) await reader.ReadBlockAsync(new char[skip], cancellationToken).ConfigureAwait(false);
        var separator = _map.Separator ?? found;
        session.Guess("encoding", encoding.WebName);
        session.Guess("separator", separator == '\t' ? "tab" : separator.ToString());
        return (reader, separator);
    }

    /// <summary>The first rows of a text, the header among them.</summary>
    internal static List<string[]> ReadRows(string text, char separator, int most)
    {
        var rows = new List<string[]>();
        using var repair = new CsvRepair(new StringReader(text), separator, HeadBytes);
        using var parser = Open(repair, separator);
        while (rows.Count <= most && parser.Read())
        {
            if (!repair.NextRow().TooLong) rows.Add(CellsOf(parser));
        }

        return rows;
    }

    /// <summary>The text of a file's first bytes, without a mark.</summary>
    internal static string Decode(Encoding encoding, ReadOnlySpan<byte> head) => encoding.GetString(head).TrimStart('\uFEFF');

    private bool TryHeader(string[] names, IngestSession session)
    {
        // value=a,b names two columns, unless one is called so.
        if (_map.Values is [var one] && !names.Contains(one) && one.Split(',') is { Length: > 1 } parts && parts.All(names.Contains)) _map = _map with { Values = parts };
        var fault = CsvColumns.Fault(names, CsvColumns.Wanted(_map));
        if (fault is not null) session.Reject(1, RejectReason.MissingField, fault);
        return fault is null;
    }

    private void Take(CsvRow row, string[] cells, string[] names, IngestSession session)
    {
        if (_columns is not null)
        {
            TakeDecided(row, cells, session);
            return;
        }

        _first.Add((row, cells));
        if (_first.Count >= DecidingRows) Decide(names, session);
    }

    private void Decide(string[] names, IngestSession session)
    {
        _columns = CsvColumns.Decide(names, _map, [.. _first.Select(static one => one.Cells)], _separator);
        _row = new ImportRow(admission, _map, _columns.Time, _columns.Numbers, _columns.Places);
        _cells = new ImportCells(_map.Values.Count);
        if (_map.Time is not null) session.Guess("timeFormat", _columns.Time.Format.ToString().ToLowerInvariant());
        if (_map.Values.Count > 0) session.Guess("decimal", string.Join(' ', _columns.Numbers.Select(static column => column.Comma ? "," : ".").Distinct()));
        foreach (var (row, cells) in _first) TakeDecided(row, cells, session);
        _first.Clear();
    }

    private void TakeDecided(CsvRow row, string[] cells, IngestSession session)
    {
        // A cell too many means that a separator stands where it should not: a number would come from the wrong column.
        if (cells.Length > _columns!.Names.Length && Array.Exists(cells[_columns.Names.Length..], static cell => cell.Length > 0))
        {
            session.Reject(row.Line, RejectReason.BadLine, $"The row has {cells.Length} cells, the header {_columns.Names.Length}.");
            return;
        }

        _cells!.Line = row.Line;
        _columns.Fill(_cells, cells);
        _row!.Take(_cells, session.Now, session);
    }
}
