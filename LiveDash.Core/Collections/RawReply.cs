using System.Buffers;
using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;

namespace LiveDash.Core.Collections;

/// <summary>A server's reply as bytes in a rented array. Used by one reader, which gives it back.</summary>
[BsonSerializer(typeof(RawReplySerializer))]
internal sealed class RawReply(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, length);

    /// <summary>The cursor that goes on; 0 for none.</summary>
    public long Cursor { get; private set; }

    /// <summary>Where the documents of the batch begin in the bytes, and how long they are together.</summary>
    public (int At, int Length) Batch { get; private set; }

    /// <summary>Finds cursor and batch.</summary>
    /// <exception cref="InvalidDataException">The reply has none.</exception>
    public RawReply Locate()
    {
        var reply = new BsonElements(Bytes);
        while (reply.Next())
        {
            if (reply.Type != BsonType.Document || !reply.Name.SequenceEqual("cursor"u8)) continue;
            var cursor = new BsonElements(reply.Value);
            while (cursor.Next())
            {
                if (cursor.Name.SequenceEqual("id"u8)) Cursor = BitConverter.ToInt64(cursor.Value);
                else if (cursor.Type == BsonType.Array) Batch = (reply.At + cursor.At, cursor.Value.Length);
            }

            if (Batch.Length > 0) return this;
        }

        throw new InvalidDataException("The server's reply has no batch.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } array) ArrayPool<byte>.Shared.Return(array);
    }
}
