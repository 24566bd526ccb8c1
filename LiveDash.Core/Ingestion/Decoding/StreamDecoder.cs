using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Turns one sender's bytes into points. It keeps what it must between calls, so a stream may be cut anywhere. One stream, one decoder; not thread-safe.
/// A bad line never throws: it is counted in the session.
/// </summary>
public abstract class StreamDecoder
{
    /// <summary>Whether a point sent again with the same time and value is the same point: see <see cref="Model.PointBatch.OncePerValue"/>.</summary>
    public virtual bool OncePerValue => false;

    /// <summary>Decodes what it can, until the buffer has no complete line any more or the session's batch is full.</summary>
    /// <param name="buffer">What was read and not consumed before.</param>
    /// <param name="isLast">True when nothing follows: an unfinished line counts as a line.</param>
    /// <param name="nowTicks">The clock: points without a time get it, times too far ahead of it are refused.</param>
    /// <param name="session">Where points and faults go.</param>
    /// <returns>How far it consumed. The caller slices, flushes a full session, and calls again.</returns>
    public abstract SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session);
}
