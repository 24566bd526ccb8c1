using System.Buffers.Binary;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>
/// Goes through the elements of one BSON document (https://bsonspec.org, version 1.1) over the bytes as they came, without an object a value. Bounds are checked;
/// what does not hold together throws.
/// </summary>
internal ref struct BsonElements
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _end;
    private int _at;

    /// <summary>Begins at a document.</summary>
    /// <exception cref="InvalidDataException">Its length is impossible.</exception>
    public BsonElements(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5) throw Damaged();
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 5 || length > bytes.Length || bytes[length - 1] != 0) throw Damaged();
        _bytes = bytes;
        (_end, _at) = (length - 1, 4);
    }

    /// <summary>The type of the value.</summary>
    public BsonType Type { get; private set; }

    /// <summary>The element's name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Where the value begins in the bytes.</summary>
    public int At { get; private set; }

    /// <summary>The value's bytes, with its length where it has one.</summary>
    public readonly ReadOnlySpan<byte> Value => _bytes[At.._at];

    /// <summary>Goes to the next element; false at the end.</summary>
    public bool Next()
    {
        if (_at >= _end) return false;
        Type = (BsonType)_bytes[_at++];
        var zero = _bytes[_at.._end].IndexOf((byte)0);
        if (zero < 0) throw Damaged();
        Name = _bytes.Slice(_at, zero);
        At = _at + zero + 1;
        var length = Length(Type, _bytes[At.._end]);
        if (length < 0 || length > _end - At) throw Damaged();
        _at = At + length;
        return true;
    }

    private static int Length(BsonType type, ReadOnlySpan<byte> value) => type switch
    {
        BsonType.Double or BsonType.DateTime or BsonType.Timestamp or BsonType.Int64 => 8,
        BsonType.String or BsonType.JavaScript or BsonType.Symbol => Prefixed(value, 4),
        BsonType.Document or BsonType.Array or BsonType.JavaScriptWithScope => Prefixed(value, 0),
        BsonType.Binary => Prefixed(value, 5),
        BsonType.ObjectId => 12,
        BsonType.Boolean => 1,
        BsonType.Int32 => 4,
        BsonType.Decimal128 => 16,
        BsonType.Null or BsonType.Undefined or BsonType.MinKey or BsonType.MaxKey or (BsonType)0xff => 0,
        BsonType.RegularExpression => Texts(value),
        // A pointer: a text and an ObjectId.
        (BsonType)0x0c => Prefixed(value, 16),
        _ => throw Damaged(),
    };

    private static int Prefixed(ReadOnlySpan<byte> value, int more)
    {
        if (value.Length < 4) throw Damaged();
        var length = BinaryPrimitives.ReadInt32LittleEndian(value);
        return length < 0 || length > value.Length ? throw Damaged() : length + more;
    }

    private static int Texts(ReadOnlySpan<byte> value)
    {
        var first = value.IndexOf((byte)0);
        var second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)0);
        return second < 0 ? throw Damaged() : first + second + 2;
    }

    private static InvalidDataException Damaged() => new("A document of the server does not hold together.");
}
