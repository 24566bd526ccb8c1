using System.Buffers;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// Reads CSV as it is found and gives it as RFC 4180 means it, so that a reader of that takes each row for a row: a quote counts only at the start of a cell and
/// where a quote before the next separator or line end closes it; any other is text. Empty lines are left out, a row over the limit becomes an empty one. LF, CRLF
/// and CR end lines. Memory is bounded by the longest row. For one reader.
/// </summary>
/// <param name="inner">The text.</param>
/// <param name="separator">What stands between cells.</param>
/// <param name="maxChars">The longest row.</param>
internal sealed class CsvRepair(TextReader inner, char separator, int maxChars) : TextReader
{
    private const int NeedMore = -2;
    private readonly SearchValues<char> _cellEnds = SearchValues.Create([separator, '\n', '\r']);
    private readonly Queue<CsvRow> _rows = new();
    private char[] _text = new char[16 * 1024];
    private char[] _out = new char[16 * 1024];
    private int _at;
    private int _length;
    private int _outAt;
    private int _outLength;
    private long _line = 1;
    private bool _ended;
    private bool _skipping;

    /// <summary>Where the next row begins that the reader behind this one has not been asked about.</summary>
    public CsvRow NextRow() => _rows.Dequeue();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_outAt == _outLength)
        {
            if (TryFill()) break;
            if (_ended) return 0;
            MakeRoom();
            Filled(await inner.ReadAsync(_text.AsMemory(_length), cancellationToken).ConfigureAwait(false));
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        while (_outAt == _outLength)
        {
            if (TryFill()) break;
            if (_ended) return 0;
            MakeRoom();
            Filled(inner.Read(_text.AsSpan(_length)));
        }

        return Take(buffer);
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private bool TryFill()
    {
        _outAt = _outLength = 0;
        while (_outLength < _out.Length / 2 && TryRow())
        {
        }

        return _outLength > 0;
    }

    private void Filled(int read)
    {
        _ended = read == 0;
        _length += read;
    }

    private int Take(Span<char> buffer)
    {
        var count = Math.Min(buffer.Length, _outLength - _outAt);
        _out.AsSpan(_outAt, count).CopyTo(buffer);
        _outAt += count;
        return count;
    }

    private void MakeRoom()
    {
        if (_at > 0)
        {
            Array.Copy(_text, _at, _text, 0, _length - _at);
            (_at, _length) = (0, _length - _at);
        }

        if (_length == _text.Length) Array.Resize(ref _text, _text.Length * 2);
    }

    // One row, or a part of one that is passed over; false where more text is needed.
    private bool TryRow()
    {
        var rest = _text.AsSpan(_at, _length - _at);
        if (rest.IsEmpty) return false;
        if (_skipping) return TrySkip(rest);
        var start = _outLength;
        var at = 0;
        while (true)
        {
            if (!TryCell(rest, ref at, out var ended)) break;
            if (!ended) continue;
            EndRow(rest[..at], start);
            return true;
        }

        _outLength = start;
        if (rest.Length <= maxChars) return false;
        _rows.Enqueue(new CsvRow(_line, true));
        Emit("\n");
        _skipping = true;
        return TrySkip(rest);
    }

    private void EndRow(ReadOnlySpan<char> row, int start)
    {
        var text = _out.AsSpan(start, _outLength - start);
        if (text.IsWhiteSpace()) _outLength = start;
        else _rows.Enqueue(new CsvRow(_line, row.Length > maxChars));
        if (_outLength > start && row.Length > maxChars)
        {
            _outLength = start;
            Emit("\n");
        }

        _line += CountLines(row);
        _at += row.Length;
    }

    // A row that is too long ends where its line does.
    private bool TrySkip(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('\n', '\r');
        if (end < 0 || (rest[end] == '\r' && end + 1 == rest.Length && !_ended))
        {
            var passed = end < 0 ? rest.Length : end;
            _at += passed;
            return false;
        }

        _at += end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        _line++;
        _skipping = false;
        return true;
    }

    // Copies one cell and what ends it; false where more text is needed.
    private bool TryCell(ReadOnlySpan<char> rest, ref int at, out bool ended)
    {
        ended = false;
        if (at < rest.Length && rest[at] == '"')
        {
            var close = FindClose(rest, at);
            if (close == NeedMore) return false;
            if (close > 0)
            {
                Emit(rest[at..(close + 1)]);
                at = close + 1;
                while (at < rest.Length && rest[at] == ' ' && separator != ' ') at++;
                return TryEnd(rest, ref at, out ended);
            }
        }

        var length = rest[at..].IndexOfAny(_cellEnds);
        if (length < 0)
        {
            if (!_ended) return false;
            length = rest.Length - at;
        }

        EmitText(rest.Slice(at, length));
        at += length;
        return TryEnd(rest, ref at, out ended);
    }

    // Where the quote stands that closes a cell; -1 where none does.
    private int FindClose(ReadOnlySpan<char> rest, int at)
    {
        for (var i = at + 1; i < rest.Length; i++)
        {
            if (i - at > maxChars) return -1;
            if (rest[i] != '"') continue;
            if (i + 1 == rest.Length) return _ended ? i : NeedMore;
            if (rest[i + 1] == '"')
            {
                i++;
                continue;
            }

            var next = i + 1;
            while (next < rest.Length && rest[next] == ' ' && separator != ' ') next++;
            if (next == rest.Length) return _ended ? i : NeedMore;
            return rest[next] == separator || rest[next] is '\n' or '\r' ? i : -1;
        }

        return _ended ? -1 : NeedMore;
    }

    private bool TryEnd(ReadOnlySpan<char> rest, ref int at, out bool ended)
    {
        ended = false;
        if (at == rest.Length)
        {
            if (!_ended) return false;
            Emit("\n");
            return ended = true;
        }

        if (rest[at] == separator)
        {
            Emit(rest.Slice(at++, 1));
            return true;
        }

        if (rest[at] == '\r' && at + 1 == rest.Length && !_ended) return false;
        at += rest[at] == '\r' && at + 1 < rest.Length && rest[at + 1] == '\n' ? 2 : 1;
        Emit("\n");
        return ended = true;
    }

    private void EmitText(ReadOnlySpan<char> text)
    {
        if (!text.Contains('"'))
        {
            Emit(text);
            return;
        }

        Emit("\"");
        foreach (var c in text) Emit(c == '"' ? "\"\"" : [c]);
        Emit("\"");
    }

    private void Emit(ReadOnlySpan<char> text)
    {
        while (_outLength + text.Length > _out.Length) Array.Resize(ref _out, _out.Length * 2);
        text.CopyTo(_out.AsSpan(_outLength));
        _outLength += text.Length;
    }

    private static long CountLines(ReadOnlySpan<char> row)
    {
        var lines = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '\n' || (row[i] == '\r' && (i + 1 == row.Length || row[i + 1] != '\n'))) lines++;
        }

        return lines;
    }
}
