using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Cuts a byte stream into lines at LF or CRLF. Memory is bounded by the longest line allowed, however the stream is cut and whether a newline
/// ever comes. A byte order mark at the very start is dropped. One stream, one framer; not thread-safe.
/// </summary>
internal sealed class LineFramer(int maxLineBytes)
{
    private byte[] _scratch = [];
    private long _searched;
    private bool _skipping;
    private bool _started;

    /// <summary>The number of the line returned last, from 1.</summary>
    public long LineNumber { get; set; }

    /// <summary>Drops a byte order mark; false when more bytes are needed to tell.</summary>
    public bool TryStart(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (_started) return true;
        if (!ByteOrderMark.TrySkip(ref buffer, isLast)) return false;
        return _started = true;
    }

    /// <summary>Takes the next line off the buffer.</summary>
    /// <param name="buffer">Shortened by what was taken.</param>
    /// <param name="isLast">True when nothing follows.</param>
    /// <param name="line">Valid until the next call.</param>
    public LineStatus Next(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            line = default;
            if (!TryFindEnd(buffer, out var length, out var consumed))
            {
                if (!isLast || buffer.IsEmpty) return NeedMore(ref buffer);
                length = consumed = buffer.Length;
            }

            _searched = 0;
            if (_skipping)
            {
                _skipping = false;
                buffer = buffer.Slice(consumed);
                continue;
            }

            LineNumber++;
            var status = Take(buffer, length, out line);
            buffer = buffer.Slice(consumed);
            return status;
        }
    }

    private LineStatus NeedMore(ref ReadOnlySequence<byte> buffer)
    {
        _searched = buffer.Length;
        // One more byte than the limit may still be the CR of a line that just fits.
        if (!_skipping && buffer.Length <= maxLineBytes + 1L) return LineStatus.NeedMore;
        var tooLong = !_skipping;
        _skipping = true;
        _searched = 0;
        buffer = buffer.Slice(buffer.End);
        if (!tooLong) return LineStatus.NeedMore;
        LineNumber++;
        return LineStatus.TooLong;
    }

    private bool TryFindEnd(in ReadOnlySequence<byte> buffer, out long length, out long consumed)
    {
        var first = buffer.FirstSpan;
        if (_searched < first.Length)
        {
            var index = first[(int)_searched..].IndexOf((byte)'\n');
            if (index >= 0)
            {
                length = _searched + index;
                consumed = length + 1;
                return true;
            }
        }

        length = consumed = 0;
        if (buffer.IsSingleSegment) return false;
        var from = Math.Max(_searched, first.Length);
        if (from >= buffer.Length) return false;
        var rest = buffer.Slice(from);
        if (rest.PositionOf((byte)'\n') is not { } position) return false;
        length = from + rest.Slice(0, position).Length;
        consumed = length + 1;
        return true;
    }

    private LineStatus Take(in ReadOnlySequence<byte> buffer, long length, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (length > maxLineBytes + 1L) return LineStatus.TooLong;
        var first = buffer.FirstSpan;
        if (length <= first.Length)
        {
            line = first[..(int)length];
        }
        else
        {
            if (_scratch.Length < length) _scratch = new byte[Math.Min(Math.Max(1024, length * 2), maxLineBytes + 1L)];
            buffer.Slice(0, length).CopyTo(_scratch);
            line = _scratch.AsSpan(0, (int)length);
        }

        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        return line.Length > maxLineBytes ? LineStatus.TooLong : LineStatus.Line;
    }
}
