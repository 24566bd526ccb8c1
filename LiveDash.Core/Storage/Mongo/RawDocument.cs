using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson.Serialization.Attributes;

namespace LiveDash.Core.Storage.Mongo;

/// <summary>A document written as BSON straight into one array that is reused: a commit of megabytes costs no object. Used by one thread.</summary>
[BsonSerializer(typeof(RawDocumentSerializer))]
internal sealed class RawDocument
{
    private byte[] _bytes = new byte[4096];

    /// <summary>How many bytes stand in it.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, longer than <see cref="Length"/>.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Begins a document.</summary>
    public RawDocument Begin()
    {
        Length = 0;
        Take(4);
        return this;
    }

    /// <summary>A whole number.</summary>
    public RawDocument Long(string name, long value)
    {
        Name(0x12, name);
        BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);
        return this;
    }

    /// <summary>A real number.</summary>
    public RawDocument Double(string name, double value)
    {
        Name(0x01, name);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
        return this;
    }

    /// <summary>Bytes.</summary>
    public RawDocument Binary(string name, ReadOnlySpan<byte> value)
    {
        Name(0x05, name);
        BinaryPrimitives.WriteInt32LittleEndian(Take(4), value.Length);
        Take(1)[0] = 0;
        value.CopyTo(Take(value.Length));
        return this;
    }

    /// <summary>Ends it.</summary>
    public RawDocument End()
    {
        Take(1)[0] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes, Length);
        return this;
    }

    private void Name(byte type, string name)
    {
        var span = Take(name.Length + 2);
        span[0] = type;
        Encoding.ASCII.GetBytes(name, span[1..]);
        span[^1] = 0;
    }

    private Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
