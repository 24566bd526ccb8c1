using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Cuts line protocol into points. A text in quotes may hold line ends, so a line end within one is no end of the point; a quote counts only where a field's
/// value begins. A text that is never closed, or closed by a quote that no comma, space or line end follows, belongs to its first line alone: that line is
/// handed on as it is, to be refused, and what follows it is read anew. Memory is bounded by the longest line allowed. One stream, one framer; not thread-safe.
/// </summary>
/// <param name="maxLineBytes">The longest point, its texts and their line ends included.</param>
internal sealed class InfluxFramer(int maxLineBytes)
{
    private readonly InfluxScanner _scanner = new();
    private byte[] _scratch = [];
    private long _searched;
    private long _scanned;
    private long _firstEnd;
    private long _nextLine = 1;
    private bool _scanning;
    private bool _skipping;
    private bool _started;

    /// <summary>The line on which the point returned last begins, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>True where nothing of a point was looked at yet.</summary>
    public bool IsBetweenLines => !_scanning && !_skipping && _searched == 0;

    /// <summary>Counts a line that was taken off without the framer.</summary>
    public void Pass() => LineNumber = _nextLine++;

    /// <summary>Drops a byte order mark; false when more bytes are needed to tell.</summary>
    public bool TryStart(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (_started) return true;
        if (!ByteOrderMark.TrySkip(ref buffer, isLast)) return false;
        return _started = true;
    }

    /// <summary>Takes the next point off the buffer.</summary>
    /// <param name="buffer">Shortened by what was taken.</param>
    /// <param name="isLast">True when nothing follows.</param>
    /// <param name="line">Without its line end; valid until the next call.</param>
    public LineStatus Next(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            // The usual way: a line end before any quote.
            if (!_scanning && !_skipping)
            {
                var first = buffer.FirstSpan;
                var from = (int)Math.Min(_searched, first.Length);
                var at = first[from..].IndexOfAny((byte)'\n', (byte)'"');
                if (at >= 0 && first[from + at] == '\n') return Take(ref buffer, from + at, 1, out line);
                if (at < 0 && buffer.IsSingleSegment && !isLast && buffer.Length <= maxLineBytes)
                {
                    _searched = first.Length;
                    return LineStatus.NeedMore;
                }

                _scanning = true;
                _scanner.Reset();
                _scanned = _firstEnd = 0;
            }

            if (_skipping)
            {
                if (!TrySkip(ref buffer)) return LineStatus.NeedMore;
                continue;
            }

            return Scan(ref buffer, isLast, out line);
        }
    }

    private LineStatus Scan(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySpan<byte> line)
    {
        line = default;
        InfluxScan result;
        while ((result = Run(buffer)) == InfluxScan.Broken)
        {
            // A text that is closed wrongly behind a line end: the quote that opened it was a stray one.
            if (_firstEnd > 0) return Take(ref buffer, _firstEnd, 1, out line);
            _scanner.GoLoose();
        }

        if (result == InfluxScan.End) return Take(ref buffer, _scanned, 1, out line);
        if (isLast)
        {
            if (buffer.IsEmpty) return LineStatus.NeedMore;
            return _firstEnd > 0 ? Take(ref buffer, _firstEnd, 1, out line) : Take(ref buffer, buffer.Length, 0, out line);
        }

        // One more byte than the limit may still be the CR of a line that just fits.
        if (buffer.Length <= maxLineBytes + 1L) return LineStatus.NeedMore;
        return TooLong(ref buffer);
    }

    private LineStatus TooLong(ref ReadOnlySequence<byte> buffer)
    {
        _skipping = true;
        LineNumber = _nextLine;
        _nextLine += CountEnds(buffer.Slice(0, _scanned));
        buffer = buffer.Slice(_scanned);
        _scanned = 0;
        return LineStatus.TooLong;
    }

    // What follows of a point that is too long is passed over in constant memory, its texts whole.
    private bool TrySkip(ref ReadOnlySequence<byte> buffer)
    {
        var result = Run(buffer);
        if (result == InfluxScan.Broken) _scanner.GoLoose();
        if (result is InfluxScan.NeedMore or InfluxScan.Broken)
        {
            _nextLine += CountEnds(buffer.Slice(0, _scanned));
            buffer = buffer.Slice(_scanned);
            _scanned = 0;
            return result == InfluxScan.Broken && !buffer.IsEmpty;
        }

        _nextLine += CountEnds(buffer.Slice(0, _scanned)) + 1;
        buffer = buffer.Slice(_scanned + 1);
        Restart();
        return true;
    }

    private InfluxScan Run(in ReadOnlySequence<byte> buffer)
    {
        foreach (var memory in buffer.Slice(_scanned))
        {
            var span = memory.Span;
            for (var i = 0; i < span.Length; i++)
            {
                var result = _scanner.Step(span[i]);
                if (result != InfluxScan.NeedMore) return result;
                if (span[i] == '\n' && _firstEnd == 0 && !_skipping) _firstEnd = _scanned;
                _scanned++;
            }
        }

        return InfluxScan.NeedMore;
    }

    private LineStatus Take(ref ReadOnlySequence<byte> buffer, long length, int end, out ReadOnlySpan<byte> line)
    {
        line = default;
        LineNumber = _nextLine;
        var text = buffer.Slice(0, length);
        buffer = buffer.Slice(length + end);
        _nextLine += _scanning ? CountEnds(text) + 1 : 1;
        Restart();
        if (length > maxLineBytes + 1L) return LineStatus.TooLong;
        if (text.IsSingleSegment)
        {
            line = text.FirstSpan;
        }
        else
        {
            if (_scratch.Length < length) _scratch = new byte[Math.Min(Math.Max(1024, length * 2), maxLineBytes + 1L)];
            text.CopyTo(_scratch);
            line = _scratch.AsSpan(0, (int)length);
        }

        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        return line.Length > maxLineBytes ? LineStatus.TooLong : LineStatus.Line;
    }

    private void Restart()
    {
        _scanning = _skipping = false;
        _searched = _scanned = _firstEnd = 0;
    }

    private static long CountEnds(in ReadOnlySequence<byte> text)
    {
        var count = 0L;
        foreach (var memory in text) count += memory.Span.Count((byte)'\n');
        return count;
    }
}
