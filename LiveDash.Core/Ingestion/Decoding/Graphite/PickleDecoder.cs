using System.Buffers;
using System.Buffers.Binary;

namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>
/// Graphite's pickle protocol: messages of four bytes of length and a pickled list of <c>(path, (seconds, value))</c>. Read by <see cref="PickleReader"/>, which knows data and no code. A message longer
/// than allowed is skipped in constant memory.
/// </summary>
internal sealed class PickleDecoder(Admission admission, GraphiteNames names) : StreamDecoder
{
    /// <summary>The longest message, in bytes: carbon's own bound.</summary>
    public const int MaxMessageBytes = 1024 * 1024;

    // A path that a message says once and means for many of its points is looked up once; shorter ones cost less than this does.
    private const int LongPath = 512;

    private readonly List<PicklePoint> _points = [];
    // Of one message, so bounded by its bytes.
    private readonly Dictionary<byte[], (int Series, Fault? Fault)> _long = new(ReferenceEqualityComparer.Instance);
    private int _next;
    private long _message;
    private long _skip;

    /// <inheritdoc/>
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        while (true)
        {
            while (_next < _points.Count)
            {
                if (session.IsFull) return buffer.Start;
                Take(_points[_next++], nowTicks, session);
            }

            _points.Clear();
            _long.Clear();
            _next = 0;
            if (session.IsFull || !TryTakeMessage(ref buffer, isLast, session, out var message)) return buffer.Start;
            if (!PickleReader.TryRead(message, _points)) session.Reject(_message, RejectReason.BadMessage, "The message is not a pickled list of (path, (seconds, value)).");
        }
    }

    private bool TryTakeMessage(ref ReadOnlySequence<byte> buffer, bool isLast, IngestSession session, out byte[] message)
    {
        message = [];
        if (_skip > 0)
        {
            var skipped = Math.Min(_skip, buffer.Length);
            buffer = buffer.Slice(skipped);
            _skip -= skipped;
            if (_skip > 0) return false;
        }

        if (buffer.Length < 4) return Unfinished(ref buffer, isLast, session);
        Span<byte> head = stackalloc byte[4];
        buffer.Slice(0, 4).CopyTo(head);
        long length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length > MaxMessageBytes)
        {
            _message++;
            session.Reject(_message, RejectReason.LineTooLong, $"A message of {length} bytes is longer than {MaxMessageBytes}.");
            buffer = buffer.Slice(4);
            _skip = length;
            return TryTakeMessage(ref buffer, isLast, session, out message);
        }

        if (buffer.Length < 4 + length) return Unfinished(ref buffer, isLast, session);
        _message++;
        message = buffer.Slice(4, length).ToArray();
        buffer = buffer.Slice(4 + length);
        return true;
    }

    private bool Unfinished(ref ReadOnlySequence<byte> buffer, bool isLast, IngestSession session)
    {
        if (!isLast || buffer.IsEmpty) return false;
        session.Reject(++_message, RejectReason.BadMessage, "The last message is cut off.");
        buffer = buffer.Slice(buffer.End);
        return false;
    }

    private Fault? Find(byte[] path, out int series)
    {
        if (path.Length < LongPath) return names.Find(path, out series);
        if (!_long.TryGetValue(path, out var found)) _long[path] = found = (names.Find(path, out var id) is { } fault ? (-1, fault) : (id, null));
        series = found.Series;
        return found.Fault;
    }

    private void Take(in PicklePoint point, long nowTicks, IngestSession session)
    {
        Fault? fault;
        var ticks = nowTicks;
        var series = -1;
        if (!double.IsFinite(point.Value)) fault = new(RejectReason.NotFinite, "NaN and infinity are not kept: leave the point out.");
        else if (!double.IsFinite(point.Seconds)) fault = new(RejectReason.BadTime, "The time is not a number.");
        else fault = GraphiteTime.Of(point.Seconds, nowTicks, admission, out ticks) ?? Find(point.Path, out series);
        if (fault is { } bad)
        {
            session.Reject(_message, bad.Reason, bad.Detail);
            return;
        }

        session.Add(series, ticks, point.Value);
        if (point.IsWide) session.NoteWide(series, admission.NameOf(series), point.Value);
    }
}
