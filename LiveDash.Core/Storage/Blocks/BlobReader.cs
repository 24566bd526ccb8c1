using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Reads what <see cref="BlobWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Every member: the bytes end too early or say something impossible.</exception>
internal ref struct BlobReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Checks the checksum at the end and gives a reader of what stands before it.</summary>
    public static BlobReader Checked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || BlobWriter.Checksum(bytes[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]))
        {
            throw new InvalidDataException("The checksum is wrong.");
        }

        return new BlobReader(bytes[..^4]);
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>An unsigned number.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < 10; i++)
        {
            if (i >= _rest.Length) break;
            var one = _rest[i];
            value |= (ulong)(one & 0x7f) << (7 * i);
            if (one >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        throw new InvalidDataException("A number does not end.");
    }

    /// <summary>A signed number.</summary>
    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number that must lie between 0 and a bound.</summary>
    public int Count(int max)
    {
        var value = Varint();
        return value <= (ulong)max ? (int)value : throw new InvalidDataException("A count is too great.");
    }

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length) throw new InvalidDataException("The bytes end too early.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>The next bytes, after which at least so many more can be read.</summary>
    public ReadOnlySpan<byte> TakePadded(int count, int padding)
    {
        if (_rest.Length - count < padding) throw new InvalidDataException("The bytes end too early.");
        return Take(count);
    }

    /// <summary>A number in 8 bytes.</summary>
    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Values as they are in memory.</summary>
    public void Raw<T>(scoped Span<T> into)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(into);
        Take(bytes.Length).CopyTo(bytes);
    }
}
