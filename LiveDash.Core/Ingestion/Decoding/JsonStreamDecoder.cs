using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Cuts JSON into objects: one a line (NDJSON), one array of them, or one written over many lines; which of them, the first bytes tell. In an array the
/// element's number stands for the line. What an object means is the inheritor's.
/// </summary>
public abstract class JsonStreamDecoder : StreamDecoder
{
    private readonly int _maxLineBytes;
    private readonly LineFramer _lines;
    private JsonElementFramer? _elements;
    private bool _decided;

    private protected JsonStreamDecoder(Admission admission)
    {
        _maxLineBytes = admission.Limits.MaxLineBytes;
        _lines = new LineFramer(_maxLineBytes);
    }

    /// <inheritdoc/>
    public sealed override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!_lines.TryStart(ref buffer, isLast)) return buffer.Start;
        if (!_decided && !TryDecide(ref buffer, isLast)) return buffer.Start;
        if (_elements is null) DecodeLines(ref buffer, isLast, nowTicks, session);
        else DecodeElements(_elements, ref buffer, isLast, nowTicks, session);
        return buffer.Start;
    }

    /// <summary>Puts one object into the session, as a point or as a fault.</summary>
    /// <param name="json">What should be an object; not yet parsed.</param>
    /// <param name="number">Its line or place, from 1.</param>
    /// <param name="nowTicks">The clock.</param>
    /// <param name="session">Takes it.</param>
    protected abstract void Take(ReadOnlySpan<byte> json, long number, long nowTicks, IngestSession session);

    private void DecodeLines(ref ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        while (!session.IsFull)
        {
            switch (_lines.Next(ref buffer, isLast, out var line))
            {
                case LineStatus.NeedMore:
                    return;
                case LineStatus.TooLong:
                    session.Reject(_lines.LineNumber, RejectReason.LineTooLong, TooLong("line"));
                    break;
                default:
                    if (!line.Trim(" \t\r"u8).IsEmpty) Take(line, _lines.LineNumber, nowTicks, session);
                    break;
            }
        }
    }

    private void DecodeElements(JsonElementFramer elements, ref ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        while (!session.IsFull)
        {
            var status = elements.Next(ref buffer, isLast, out var element, out var problem);
            if (problem is not null) session.Reject(elements.Number, RejectReason.BadJson, problem);
            if (status == LineStatus.NeedMore) return;
            if (status == LineStatus.TooLong) session.Reject(elements.Number, RejectReason.LineTooLong, TooLong("element"));
            else Take(element, elements.Number, nowTicks, session);
        }
    }

    private string TooLong(string what) => $"The {what} is longer than {_maxLineBytes} bytes (LiveDash:Limits:MaxLineBytes).";

    private bool TryDecide(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        SkipSpace(ref buffer);
        if (buffer.IsEmpty) return false;
        var first = buffer.FirstSpan[0];
        if (first == '[')
        {
            buffer = buffer.Slice(1);
            _elements = new JsonElementFramer(_maxLineBytes, isArray: true);
        }
        else if (first == '{')
        {
            if (!TrySpreadsOverLines(buffer, isLast, out var spreads)) return false;
            if (spreads) _elements = new JsonElementFramer(_maxLineBytes, isArray: false);
        }

        _decided = true;
        return true;
    }

    private void SkipSpace(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryPeek(out var b) && b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            if (b == '\n') _lines.LineNumber++;
            reader.Advance(1);
        }

        buffer = reader.UnreadSequence;
    }

    // An object over many lines: the first line leaves it open, and the next one does not begin another object, as a line of NDJSON would.
    private bool TrySpreadsOverLines(in ReadOnlySequence<byte> buffer, bool isLast, out bool spreads)
    {
        spreads = false;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n')) return isLast || buffer.Length > _maxLineBytes;
        if (IsClosed(line)) return true;
        reader.AdvancePastAny(" \t\r\n"u8);
        if (!reader.TryPeek(out var next)) return isLast || buffer.Length > _maxLineBytes;
        spreads = next != '{';
        return true;
    }

    private bool IsClosed(ReadOnlySequence<byte> line)
    {
        var probe = new JsonElementFramer(_maxLineBytes, isArray: false);
        return probe.Next(ref line, isLast: false, out _, out _) != LineStatus.NeedMore;
    }
}
