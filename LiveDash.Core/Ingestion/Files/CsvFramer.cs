using System.Buffers;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>Cuts records out of CSV that arrives in pieces; a quoted cell may hold line ends. Memory is bounded by the longest record. Not thread-safe.</summary>
/// <param name="maxBytes">The longest record.</param>
internal sealed class CsvFramer(int maxBytes)
{
    private byte[] _scratch = [];
    private long _scanned;
    private long _lines = 1;
    private long _newLines;
    private bool _quoted;
    private bool _skipping;

    /// <summary>The line on which the record returned last begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Takes the next record, without its line end.</summary>
    /// <param name="buffer">Shortened by what was taken.</param>
    /// <param name="isLast">True when nothing follows.</param>
    /// <param name="record">Valid until the next call.</param>
    public LineStatus Next(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySpan<byte> record)
    {
        record = default;
        var ended = TryFindEnd(buffer, out var length);
        if (!ended)
        {
            if (!isLast || buffer.IsEmpty)
            {
                if (buffer.Length > maxBytes) Skip(ref buffer);
                return LineStatus.NeedMore;
            }

            length = buffer.Length;
        }

        var first = Line = _lines;
        var text = buffer.Slice(0, length);
        buffer = buffer.Slice(ended ? length + 1 : length);
        _scanned = 0;
        var broken = _quoted && !ended;
        _quoted = false;
        _lines = first + _newLines + 1;
        _newLines = 0;
        if (_skipping || length > maxBytes || broken)
        {
            _skipping = false;
            return LineStatus.TooLong;
        }

        if (text.IsSingleSegment)
        {
            record = text.FirstSpan;
        }
        else
        {
            if (_scratch.Length < length) _scratch = new byte[Math.Min(length * 2, maxBytes)];
            text.CopyTo(_scratch);
            record = _scratch.AsSpan(0, (int)length);
        }

        if (record.Length > 0 && record[^1] == '\r') record = record[..^1];
        return LineStatus.Line;
    }

    // The record goes on: what of it is here is thrown away, what quotes it opened is remembered.
    private void Skip(ref ReadOnlySequence<byte> buffer)
    {
        _skipping = true;
        _scanned = 0;
        buffer = buffer.Slice(buffer.End);
    }

    private bool TryFindEnd(in ReadOnlySequence<byte> buffer, out long length)
    {
        length = _scanned;
        foreach (var piece in buffer.Slice(_scanned))
        {
            var span = piece.Span;
            for (var i = 0; i < span.Length; i++, length++)
            {
                if (span[i] == '"')
                {
                    _quoted = !_quoted;
                }
                else if (span[i] == '\n')
                {
                    if (!_quoted) return true;
                    _newLines++;
                }
            }
        }

        _scanned = length;
        return false;
    }
}
