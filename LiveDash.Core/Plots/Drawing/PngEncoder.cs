using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace LiveDash.Core.Plots.Drawing;

/// <summary>
/// Writes opaque pixels as a PNG (ISO/IEC 15948): 8-bit RGB, each row as its difference from the one above, deflated fast.
/// Much of a plot repeats the row above, which makes this several times faster than libpng's default and hardly larger. Thread-safe.
/// </summary>
internal static class PngEncoder
{
    private const int FilterUp = 2;
    private static readonly uint[] CrcTable = MakeCrcTable();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Writes the picture.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="pixels">Rows of little-endian <c>0xAARRGGBB</c>; the opacity is not kept.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="dpi">Pixels an inch, for print.</param>
    internal static void Write(Stream to, ReadOnlySpan<byte> pixels, int width, int height, int stride, double dpi)
    {
        to.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 2;
        header[10] = header[11] = header[12] = 0;
        WriteChunk(to, "IHDR"u8, header);

        Span<byte> density = stackalloc byte[9];
        var perMetre = (int)Math.Round(dpi / 0.0254);
        BinaryPrimitives.WriteInt32BigEndian(density, perMetre);
        BinaryPrimitives.WriteInt32BigEndian(density[4..], perMetre);
        density[8] = 1;
        WriteChunk(to, "pHYs"u8, density);

        using var deflated = new MemoryStream(64 * 1024);
        Deflate(deflated, pixels, width, height, stride);
        WriteChunk(to, "IDAT"u8, deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
        WriteChunk(to, "IEND"u8, default);
    }

    private static void Deflate(MemoryStream to, ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        var row = 1 + (width * 3);
        var rows = Math.Max(1, Math.Min(height, (64 * 1024 / row) + 1));
        var above = ArrayPool<byte>.Shared.Rent((width * 3) + 1);
        var current = ArrayPool<byte>.Shared.Rent((width * 3) + 1);
        var filtered = ArrayPool<byte>.Shared.Rent(row * rows);
        try
        {
            above.AsSpan(0, width * 3).Clear();
            using var deflate = new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true);
            var n = 0;
            for (var y = 0; y < height; y++)
            {
                var source = pixels.Slice(y * stride, width * 4);
                var same = y > 0 && source.SequenceEqual(pixels.Slice((y - 1) * stride, width * 4));
                filtered[n++] = FilterUp;
                if (same)
                {
                    filtered.AsSpan(n, width * 3).Clear();
                }
                else
                {
                    ToRgb(source, current);
                    Subtract(current.AsSpan(0, width * 3), above.AsSpan(0, width * 3), filtered.AsSpan(n, width * 3));
                    (above, current) = (current, above);
                }

                n += width * 3;
                if (n + row <= row * rows && y < height - 1) continue;
                deflate.Write(filtered, 0, n);
                n = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(above);
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(filtered);
        }
    }

    private static unsafe void ToRgb(ReadOnlySpan<byte> bgra, byte[] rgb)
    {
        fixed (byte* from = bgra, to = rgb)
        {
            // Four bytes are written where three are meant; the next pixel covers the fourth, and the array is one longer.
            uint* pixel = (uint*)from, end = (uint*)(from + bgra.Length);
            for (var target = to; pixel < end; pixel++, target += 3) *(uint*)target = BinaryPrimitives.ReverseEndianness(*pixel) >> 8;
        }
    }

    private static void Subtract(ReadOnlySpan<byte> current, ReadOnlySpan<byte> above, Span<byte> to)
    {
        var i = 0;
        for (; i <= current.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(current[i..]) - new Vector<byte>(above[i..])).CopyTo(to[i..]);
        }

        for (; i < current.Length; i++) to[i] = (byte)(current[i] - above[i]);
    }

    private static void WriteChunk(Stream to, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        to.Write(number);
        to.Write(type);
        to.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        to.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
