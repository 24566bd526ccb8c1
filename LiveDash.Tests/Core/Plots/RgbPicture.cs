using System.Buffers.Binary;
using System.IO.Compression;

namespace LiveDash.Tests.Core.Plots;

/// <summary>The pixels of a PNG of 8-bit RGB without interlacing, whatever its filters (ISO/IEC 15948, 9.2), to compare two as an eye would.</summary>
internal sealed class RgbPicture
{
    private const int Block = 4;
    private readonly byte[] _rgb;

    private RgbPicture(int width, int height, byte[] rgb) => (Width, Height, _rgb) = (width, height, rgb);

    public int Width { get; }

    public int Height { get; }

    public static RgbPicture Read(byte[] png)
    {
        var width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        var height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal([8, 2], png[24..26]);
        using var deflated = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) deflated.Write(png, at + 8, length);
            at += length + 12;
        }

        deflated.Position = 0;
        using var zlib = new ZLibStream(deflated, CompressionMode.Decompress);
        var row = width * 3;
        var rgb = new byte[row * height];
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(rgb, y * row, row);
            for (var x = 0; x < row; x++)
            {
                var at = (y * row) + x;
                int left = x < 3 ? 0 : rgb[at - 3], above = y == 0 ? 0 : rgb[at - row], corner = x < 3 || y == 0 ? 0 : rgb[at - row - 3];
                rgb[at] += (byte)(filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Paeth(left, above, corner) });
            }
        }

        return new(width, height, rgb);
    }

    /// <summary>The difference of the mean colours of blocks of 4 by 4 pixels, from 0 to 255: the greatest and the mean. The edge of a letter that lies a
    /// quarter of a pixel elsewhere hardly counts; a missing tick, bar or line does.</summary>
    public (double Greatest, double Mean) DifferenceTo(RgbPicture other)
    {
        double greatest = 0, sum = 0;
        var count = 0;
        for (var y = 0; y + Block <= Height; y += Block)
        {
            for (var x = 0; x + Block <= Width; x += Block)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    var difference = Math.Abs(MeanOf(x, y, channel) - other.MeanOf(x, y, channel));
                    greatest = Math.Max(greatest, difference);
                    sum += difference;
                    count++;
                }
            }
        }

        return (greatest, sum / count);
    }

    private double MeanOf(int left, int top, int channel)
    {
        var sum = 0;
        for (var y = top; y < top + Block; y++)
        {
            for (var x = left; x < left + Block; x++) sum += _rgb[(((y * Width) + x) * 3) + channel];
        }

        return sum / (double)(Block * Block);
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        int a = Math.Abs(guess - left), b = Math.Abs(guess - above), c = Math.Abs(guess - corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }
}
