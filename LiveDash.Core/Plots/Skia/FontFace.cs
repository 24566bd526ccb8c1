using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace LiveDash.Core.Plots.Skia;

/// <summary>One font at one weight, for Skia to draw and HarfBuzz to shape. Kept for the life of the program; thread-safe, since nothing of it changes.</summary>
internal sealed class FontFace
{
    private readonly Face _face;

    internal FontFace(SKTypeface typeface)
    {
        Typeface = typeface;
        // By tables, because the file may be a WOFF: Skia unpacks that, HarfBuzz does not.
        _face = new Face((_, tag) => Table(typeface, tag)) { UnitsPerEm = Math.Max(1, typeface.UnitsPerEm) };
        Shaper = new Font(_face);
        Shaper.SetScale(_face.UnitsPerEm, _face.UnitsPerEm);
        Shaper.SetFunctionsOpenType();
    }

    /// <summary>Skia's side.</summary>
    internal SKTypeface Typeface { get; }

    /// <summary>HarfBuzz's side; its units are those of the font.</summary>
    internal Font Shaper { get; }

    /// <summary>Units of the font in an em.</summary>
    internal int UnitsPerEm => _face.UnitsPerEm;

    /// <summary>True where it has a glyph for the code point.</summary>
    internal bool Has(int code) => Shaper.TryGetNominalGlyph((uint)code, out _);

    private static Blob Table(SKTypeface typeface, Tag tag)
    {
        if (!typeface.TryGetTableData(tag, out var bytes)) return Blob.Empty;
        var memory = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes, 0, memory, bytes.Length);
        return new Blob(memory, bytes.Length, MemoryMode.ReadOnly, () => Marshal.FreeHGlobal(memory));
    }
}
