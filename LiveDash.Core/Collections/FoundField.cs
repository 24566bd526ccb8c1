using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>Where a wanted value stands in a document; of the type <see cref="BsonType.EndOfDocument"/> where it is missing.</summary>
internal readonly record struct FoundField(BsonType Type, int At, int Length)
{
    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> document) => document.Slice(At, Length);
}
