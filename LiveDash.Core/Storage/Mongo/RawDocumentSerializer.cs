using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>Hands the bytes of a <see cref="RawDocument"/> to the driver as they are. It only writes.</summary>
internal sealed class RawDocumentSerializer : SerializerBase<RawDocument>
{
    /// <inheritdoc/>
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, RawDocument value)
    {
        using var bytes = new ByteArrayBuffer(value.Bytes, value.Length, isReadOnly: true);
        context.Writer.WriteRawBsonDocument(bytes);
    }
}
