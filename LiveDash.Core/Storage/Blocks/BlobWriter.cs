using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Writes bytes, little-endian, into an array that grows and is reused. Used by one thread.</summary>
internal sealed class BlobWriter
{
    private byte[] _bytes = new byte[4096];

    /// <summary>How many bytes stand in it.</summary>
    public int Length { get; private set; }

    /// <summary>What stands in it.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Empties it.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes bytes at the end, which the caller fills.</summary>
    public Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Gives back bytes taken last.</summary>
    public void GiveBack(int count) => Length -= count;

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Take(1)[0] = value;

    /// <summary>An unsigned number in 1 to 10 bytes, 7 bits each (LEB128).</summary>
    public void Varint(ulong value)
    {
        var span = Take(10);
        var i = 0;
        while (value >= 0x80)
        {
            span[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[i++] = (byte)value;
        GiveBack(10 - i);
    }

    /// <summary>A signed number, small ones in few bytes.</summary>
    public void Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Each number as its difference from the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Deltas(ReadOnlySpan<long> values)
    {
        var bytes = Take(values.Length * 10);
        var at = 0;
        long last = 0;
        foreach (var value in values)
        {
            at = Put(bytes, at, value - last);
            last = value;
        }

        GiveBack(bytes.Length - at);
    }

    /// <summary>Each number as its difference from the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Deltas(ReadOnlySpan<int> values)
    {
        var bytes = Take(values.Length * 5);
        var at = 0;
        long last = 0;
        foreach (var value in values)
        {
            at = Put(bytes, at, value - last);
            last = value;
        }

        GiveBack(bytes.Length - at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> bytes, int at, long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7) bytes[at++] = (byte)(rest | 0x80);
        bytes[at++] = (byte)rest;
        return at;
    }

    /// <summary>Values as they are in memory (all platforms .NET runs on are little-endian).</summary>
    public void Raw<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Ends with the checksum (CRC-32C) of everything before.</summary>
    public void Seal()
    {
        var sum = Checksum(Written);
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), sum);
    }

    /// <summary>CRC-32C (Castagnoli), by the processor's instruction where it has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
