using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Cuts the elements out of a JSON array, or one object written over many lines, by counting brackets outside of texts, so that one bad element does not
/// spoil its neighbours. Memory is bounded by the longest line allowed. One stream, one framer; not thread-safe.
/// </summary>
internal sealed class JsonElementFramer(int maxElementBytes, bool isArray)
{
    private byte[] _scratch = [];
    private State _state = State.BeforeFirst;
    private long _scanned;
    private int _depth;
    private bool _inText;
    private bool _escaped;
    private bool _skipping;

    private enum State
    {
        BeforeFirst,
        AfterComma,
        InElement,
        AfterElement,
        AfterEnd,
        Broken,
    }

    /// <summary>The number of the element returned last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>True once the array's closing bracket was read.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True where what follows the array is somebody else's: the framer stops behind its bracket. Else it is a fault.</summary>
    public bool LeavesRest { get; init; }

    /// <summary>Takes the next element off the buffer.</summary>
    /// <param name="buffer">Shortened by what was taken; for an array it begins after the opening bracket.</param>
    /// <param name="isLast">True when nothing follows.</param>
    /// <param name="element">Valid until the next call.</param>
    /// <param name="problem">What is wrong with the structure around the elements, where something is; told once.</param>
    public LineStatus Next(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySpan<byte> element, out string? problem)
    {
        element = default;
        problem = null;
        if (IsClosed && LeavesRest) return LineStatus.NeedMore;
        if (_state != State.InElement && !TryBegin(ref buffer, isLast, ref problem)) return LineStatus.NeedMore;
        if (!TryFindEnd(buffer, out var length))
        {
            if (isLast && !buffer.IsEmpty)
            {
                problem = "The body ends inside of this element.";
                Number++;
                Break(ref buffer);
                return LineStatus.NeedMore;
            }

            if (!_skipping && buffer.Length <= maxElementBytes) return LineStatus.NeedMore;
            var tooLong = !_skipping;
            _skipping = true;
            _scanned = 0;
            buffer = buffer.Slice(buffer.End);
            if (!tooLong) return LineStatus.NeedMore;
            Number++;
            return LineStatus.TooLong;
        }

        _state = State.AfterElement;
        _scanned = 0;
        if (_skipping)
        {
            _skipping = false;
            buffer = buffer.Slice(length);
            return Next(ref buffer, isLast, out element, out problem);
        }

        Number++;
        if (length <= maxElementBytes) element = Contiguous(buffer.Slice(0, length));
        buffer = buffer.Slice(length);
        return length <= maxElementBytes ? LineStatus.Line : LineStatus.TooLong;
    }

    // Passes white space, commas and the end, up to the first byte of an element.
    private bool TryBegin(ref ReadOnlySequence<byte> buffer, bool isLast, ref string? problem)
    {
        while (_state != State.Broken && TrySkipSpace(ref buffer, out var next))
        {
            switch (_state, next)
            {
                case (State.BeforeFirst or State.AfterElement, (byte)']') when isArray:
                    _state = State.AfterEnd;
                    IsClosed = true;
                    buffer = buffer.Slice(1);
                    if (LeavesRest) return false;
                    break;
                case (State.AfterElement, (byte)',') when isArray:
                    _state = State.AfterComma;
                    buffer = buffer.Slice(1);
                    break;
                case (State.BeforeFirst or State.AfterComma, not ((byte)']' or (byte)',')):
                    _state = State.InElement;
                    _scanned = 0;
                    _depth = 0;
                    _inText = _escaped = false;
                    return true;
                default:
                    problem = _state switch
                    {
                        State.AfterEnd => "Something follows the array.",
                        State.AfterElement when isArray => "A comma is missing after an element.",
                        State.AfterElement => "Something follows the object: send one object, an array, or one object a line.",
                        _ => "A comma stands where an element should.",
                    };
                    Number++;
                    Break(ref buffer);
                    return false;
            }
        }

        if (_state == State.Broken)
        {
            buffer = buffer.Slice(buffer.End);
        }
        else if (isLast && isArray && _state != State.AfterEnd)
        {
            problem = "The array is not closed.";
            Number++;
            Break(ref buffer);
        }

        return false;
    }

    private void Break(ref ReadOnlySequence<byte> buffer)
    {
        _state = State.Broken;
        buffer = buffer.Slice(buffer.End);
    }

    private static bool TrySkipSpace(ref ReadOnlySequence<byte> buffer, out byte next)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny(" \t\r\n"u8);
        buffer = reader.UnreadSequence;
        return reader.TryPeek(out next);
    }

    // A number or word at depth 0 ends before the comma or bracket; whoever reads it refuses it.
    private bool TryFindEnd(in ReadOnlySequence<byte> buffer, out long length)
    {
        length = _scanned;
        foreach (var memory in buffer.Slice(_scanned))
        {
            foreach (var b in memory.Span)
            {
                if (_escaped) _escaped = false;
                else if (_inText)
                {
                    _escaped = b == '\\';
                    if (b == '"') _inText = false;
                }
                else
                {
                    switch (b)
                    {
                        case (byte)'"':
                            _inText = true;
                            break;
                        case (byte)'{' or (byte)'[':
                            _depth++;
                            break;
                        case (byte)'}' or (byte)']' when _depth > 0:
                            if (--_depth > 0) break;
                            length++;
                            return true;
                        case (byte)',' or (byte)']' when _depth == 0:
                            return true;
                    }
                }

                length++;
            }
        }

        _scanned = length;
        return false;
    }

    private ReadOnlySpan<byte> Contiguous(ReadOnlySequence<byte> element)
    {
        if (element.IsSingleSegment) return element.FirstSpan;
        var length = (int)element.Length;
        if (_scratch.Length < length) _scratch = new byte[Math.Min(Math.Max(1024, length * 2), maxElementBytes)];
        element.CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }
}
