using System.Buffers.Binary;

namespace LiveDash.Core.Ingestion.Decoding.Protobuf;

/// <summary>
/// Walks the fields of one protobuf message (protobuf.dev, "Encoding") without objects: what is known is read in place, what is not is skipped. For formats whose points must cost no memory.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    /// <summary>A field of two, four or eight bytes, a varint, or a run of bytes with its length before it.</summary>
    public const int WireVarint = 0, WireFixed64 = 1, WireBytes = 2, WireFixed32 = 5;

    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Where the next field begins.</summary>
    public int Position { get; set; }

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public int Wire { get; private set; }

    /// <summary>Reads the head of the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">The message is cut off or not one.</exception>
    public bool Next()
    {
        if (Position >= _message.Length) return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        Wire = (int)(tag & 7);
        return Field > 0 ? true : throw Broken();
    }

    /// <summary>The value of a varint.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (Position >= _message.Length) throw Broken();
            var b = _message[Position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw Broken();
    }

    /// <summary>The value of a varint in zigzag form.</summary>
    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Eight bytes.</summary>
    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A double.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A run of bytes: a text, a message, or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        if (Wire != WireBytes) throw Broken();
        var length = Varint();
        return length <= (ulong)(_message.Length - Position) ? Take((int)length) : throw Broken();
    }

    /// <summary>Passes over the value of a field.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case WireVarint: Varint(); break;
            case WireFixed64: Take(8); break;
            case WireBytes: Bytes(); break;
            case WireFixed32: Take(4); break;
            default: throw Broken();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _message.Length - Position) throw Broken();
        var taken = _message.Slice(Position, count);
        Position += count;
        return taken;
    }

    private static InvalidDataException Broken() => new("The message is cut off or is not protobuf.");
}
