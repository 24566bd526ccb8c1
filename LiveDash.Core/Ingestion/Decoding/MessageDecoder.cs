using System.Buffers;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Decodes a body that is one message: it is held until it is whole, unpacked where it is packed, and walked as far as the session's batch has room. A body that is no message is refused as
/// <c>bad_message</c>; what was taken before the fault is kept.
/// </summary>
public abstract class MessageDecoder : StreamDecoder
{
    private byte[]? _message;
    private int _length;
    private bool _done;

    /// <inheritdoc/>
    public sealed override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!isLast) return buffer.Start;
        if (_done) return buffer.End;
        try
        {
            if (_message is null)
            {
                _message = Open(buffer, out _length, out var fault);
                if (fault is { } bad) session.Reject(1, bad.Reason, bad.Detail);
            }

            if (!Walk(_message.AsSpan(0, _length), nowTicks, session)) return buffer.Start;
        }
        catch (InvalidDataException e)
        {
            session.Reject(1, RejectReason.BadMessage, e.Message);
        }

        _done = true;
        if (_message is { Length: > 0 }) ArrayPool<byte>.Shared.Return(_message);
        _message = null;
        return buffer.End;
    }

    /// <summary>Makes one run of bytes of the body, in an array of the shared pool; an empty array, not of the pool, with a fault.</summary>
    private protected virtual byte[] Open(ReadOnlySequence<byte> body, out int length, out Fault? fault)
    {
        fault = null;
        length = checked((int)body.Length);
        if (length == 0) return [];
        var message = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(message);
        return message;
    }

    /// <summary>Goes on where it stopped; false where the session is full before the message's end.</summary>
    /// <exception cref="InvalidDataException">It is no message.</exception>
    private protected abstract bool Walk(ReadOnlySpan<byte> message, long nowTicks, IngestSession session);
}
