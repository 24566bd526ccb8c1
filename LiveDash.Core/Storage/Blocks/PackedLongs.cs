using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A column of 64-bit numbers in few bits: plain or as differences, whichever is shorter; then by 128 the least one and, in a fixed width, how
/// much each exceeds it (frame of reference: Goldstein, Ramakrishnan, Shaft, ICDE 1998). A constant step takes no bits at all.
/// Fixed widths instead of Gorilla's variable ones: decoding is a shift and a mask without a branch.
/// </summary>
internal static class PackedLongs
{
    /// <summary>How many bytes must follow the last packed column, because whole words are read.</summary>
    public const int Padding = 8;

    private const int Frame = 128;
    private const byte Plain = 0;
    private const byte Differences = 1;

    // Wider values are stored whole: one unaligned 64-bit read holds at most 57 bits at any bit offset.
    private const int MaxPackedWidth = 57;

    /// <summary>Writes a column.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Encode(ReadOnlySpan<long> values, BlobWriter writer)
    {
        if (values.IsEmpty) return;
        Span<long> differences = values.Length <= 512 ? stackalloc long[values.Length] : new long[values.Length];
        for (var i = 1; i < values.Length; i++) differences[i] = values[i] - values[i - 1];
        differences = differences[1..];
        if (Bits(differences) < Bits(values))
        {
            writer.Byte(Differences);
            writer.Zigzag(values[0]);
            EncodeFrames(differences, writer);
        }
        else
        {
            writer.Byte(Plain);
            EncodeFrames(values, writer);
        }
    }

    /// <summary>Reads a column of known length.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static void Decode(ref BlobReader reader, scoped Span<long> values)
    {
        if (values.IsEmpty) return;
        switch (reader.Byte())
        {
            case Plain:
                DecodeFrames(ref reader, values);
                break;
            case Differences:
                values[0] = reader.Zigzag();
                DecodeFrames(ref reader, values[1..]);
                var sum = values[0];
                for (var i = 1; i < values.Length; i++) values[i] = sum += values[i];
                break;
            default:
                throw new InvalidDataException("A column has an unknown form.");
        }
    }

    /// <summary>How many bits the packed values take, without the frames' heads.</summary>
    public static long Bits(ReadOnlySpan<long> values)
    {
        long bits = 0;
        for (; !values.IsEmpty; values = values[Math.Min(Frame, values.Length)..])
        {
            var frame = values[..Math.Min(Frame, values.Length)];
            bits += frame.Length * (long)Width(frame, out _);
        }

        return bits;
    }

    /// <summary>Writes numbers of at most so many bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<long> values, long least, int width, BlobWriter writer)
    {
        if (width == 0) return;
        if (width == 64)
        {
            foreach (var value in values) MemoryMarshal.Write(writer.Take(8), value - least);
            return;
        }

        var bytes = writer.Take(PackedBytes(values.Length, width));
        ulong word = 0;
        int filled = 0, at = 0;
        foreach (var value in values)
        {
            var bits = (ulong)(value - least);
            word |= bits << filled;
            filled += width;
            if (filled < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], word);
            at += 8;
            filled -= 64;
            word = filled == 0 ? 0 : bits >> (width - filled);
        }

        for (; filled > 0; filled -= 8, word >>= 8) bytes[at++] = (byte)word;
    }

    /// <summary>Reads numbers of so many bits each, and adds the least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(ref BlobReader reader, scoped Span<long> values, long least, int width)
    {
        if (width == 0)
        {
            values.Fill(least);
            return;
        }

        if (width == 64)
        {
            reader.Raw(values);
            foreach (ref var value in values) value += least;
            return;
        }

        if (width > MaxPackedWidth) throw new InvalidDataException("A column is too wide.");
        ref var bytes = ref MemoryMarshal.GetReference(reader.TakePadded(PackedBytes(values.Length, width), Padding));
        var mask = (1L << width) - 1;
        nint bit = 0;
        for (var i = 0; i < values.Length; i++, bit += width)
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, bit >> 3));
            values[i] = least + ((long)(word >> (int)(bit & 7)) & mask);
        }
    }

    /// <summary>How many bits hold a range of values: 0 to 57, or 64.</summary>
    public static int WidthOf(ulong range)
    {
        var width = 64 - BitOperations.LeadingZeroCount(range);
        return width > MaxPackedWidth ? 64 : width;
    }

    private static int PackedBytes(int count, int width) => ((count * width) + 7) / 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Width(ReadOnlySpan<long> frame, out long least)
    {
        long min = long.MaxValue, max = long.MinValue;
        if (Vector.IsHardwareAccelerated && frame.Length >= Vector<long>.Count)
        {
            var (lowest, highest) = (new Vector<long>(frame), new Vector<long>(frame));
            for (var i = Vector<long>.Count; i < frame.Length; i += Vector<long>.Count)
            {
                // The last one looks at some numbers again.
                var next = new Vector<long>(frame[Math.Min(i, frame.Length - Vector<long>.Count)..]);
                lowest = Vector.Min(lowest, next);
                highest = Vector.Max(highest, next);
            }

            for (var i = 0; i < Vector<long>.Count; i++) (min, max) = (Math.Min(min, lowest[i]), Math.Max(max, highest[i]));
        }
        else
        {
            foreach (var value in frame) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        least = min;
        return WidthOf((ulong)(max - min));
    }

    private static void EncodeFrames(ReadOnlySpan<long> values, BlobWriter writer)
    {
        while (!values.IsEmpty)
        {
            var frame = values[..Math.Min(Frame, values.Length)];
            var width = Width(frame, out var least);
            writer.Byte((byte)width);
            writer.Zigzag(least);
            Pack(frame, least, width, writer);
            values = values[frame.Length..];
        }
    }

    private static void DecodeFrames(ref BlobReader reader, scoped Span<long> values)
    {
        while (!values.IsEmpty)
        {
            var frame = values[..Math.Min(Frame, values.Length)];
            var width = reader.Byte();
            Unpack(ref reader, frame, reader.Zigzag(), width);
            values = values[frame.Length..];
        }
    }
}
