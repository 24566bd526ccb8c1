using System.Buffers;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace LiveDash.Core.Collections;

/// <summary>
/// Copies a reply out of the driver whole: its own readers cost four times as much as the copy, an object or more a document. It only reads.
/// </summary>
internal sealed class RawReplySerializer : SerializerBase<RawReply>
{
    /// <inheritdoc/>
    public override RawReply Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        using var buffer = context.Reader.ReadRawBsonDocument();
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        buffer.GetBytes(0, rented, 0, buffer.Length);
        return new RawReply(rented, buffer.Length);
    }
}
