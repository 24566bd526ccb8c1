using System.Globalization;

namespace LiveDash.Core.Plots.Drawing;

/// <summary>A colour: red, green, blue and opacity of 0 to 255, not premultiplied. Immutable.</summary>
public readonly record struct Rgba(byte R, byte G, byte B, byte A = 255)
{
    /// <summary>The colour <c>0xRRGGBB</c>.</summary>
    public static Rgba Hex(int rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <summary>The same colour with another opacity, 0 to 1.</summary>
    public Rgba Fade(double opacity) => this with { A = (byte)Math.Round(255 * Math.Clamp(opacity, 0, 1)) };

    /// <summary>The colour a share of the way to another, 0 to 1.</summary>
    public Rgba Mix(Rgba other, double share) =>
        new(Between(R, other.R, share), Between(G, other.G, share), Between(B, other.B, share), Between(A, other.A, share));

    /// <summary>Premultiplied <c>0xAARRGGBB</c>, as a picture in memory keeps a pixel.</summary>
    public uint Premultiplied => ((uint)A << 24) | (Times(R) << 16) | (Times(G) << 8) | Times(B);

    /// <summary><c>#rrggbb</c>; the opacity is not part of it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * Math.Clamp(share, 0, 1)));

    private uint Times(byte channel) => (uint)(((channel * A) + 127) / 255);
}
