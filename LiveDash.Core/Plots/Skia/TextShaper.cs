using System.Collections.Concurrent;
using System.Globalization;
using HarfBuzzSharp;
using LiveDash.Core.Plots.Text;
using Buffer = HarfBuzzSharp.Buffer;

namespace LiveDash.Core.Plots.Skia;

/// <summary>
/// Turns a line of text into glyphs: bidirectional levels by UAX 9, for each stretch the first font that has its letters, the letters joined and placed by
/// HarfBuzz. Thread-safe.
/// </summary>
internal static class TextShaper
{
    // Labels come again from plot to plot; beyond this many all are forgotten at once.
    private const int MostKept = 4_096;
    private static readonly ConcurrentDictionary<(string Text, bool Bold), ShapedText> s_kept = new();

    /// <summary>The glyphs of a text.</summary>
    /// <exception cref="PlotException">There are no fonts.</exception>
    internal static ShapedText Shape(string text, bool bold)
    {
        if (s_kept.TryGetValue((text, bold), out var known)) return known;
        if (s_kept.Count >= MostKept) s_kept.Clear();
        return s_kept[(text, bold)] = ShapeAnew(text, bold);
    }

    private static ShapedText ShapeAnew(string text, bool bold)
    {
        if (text.Length == 0) return new(0, []);
        var stretches = Cut(text, bold);
        var levels = new byte[stretches.Count];
        for (var i = 0; i < levels.Length; i++) levels[i] = stretches[i].Level;
        var runs = new List<GlyphRun>(stretches.Count);
        float pen = 0;
        foreach (var i in BidiText.Order(levels)) runs.Add(Set(text, stretches[i], ref pen));
        return new(pen, runs);
    }

    // Stretches of one level and one font, in the order they are read.
    private static List<Stretch> Cut(string text, bool bold)
    {
        var plain = BidiText.IsPlain(text);
        var codes = Codes(text, out var starts);
        var levels = plain ? new byte[codes.Length] : BidiText.Levels(codes, out _);
        var order = FontShelf.OrderFor(text);
        var stretches = new List<Stretch>();
        for (var at = 0; at < codes.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, starts[at]);
            var end = at + 1;
            while (end < codes.Length && starts[end] < starts[at] + length) end++;
            var cluster = codes.AsSpan(at, end - at);
            // Marks, spaces and signs stay with the font before them where that has them, so that words are not torn.
            var face = stretches.Count > 0 && cluster[0] != ' ' && IsShared(cluster[0]) && FontShelf.HasAll(stretches[^1].Face, cluster)
                ? stretches[^1].Face
                : FontShelf.For(cluster, order, bold);
            if (stretches.Count > 0 && stretches[^1] is var last && last.Face == face && last.Level == levels[at]) stretches[^1] = last with { Length = last.Length + length };
            else stretches.Add(new(starts[at], length, face, levels[at]));
            at = end;
        }

        return stretches;
    }

    private static bool IsShared(int code) => code < 0x1f000 && CharUnicodeInfo.GetUnicodeCategory(code) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static int[] Codes(string text, out int[] starts)
    {
        var codes = new List<int>(text.Length);
        var at = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            at.Add(i);
            // A half of a surrogate pair alone is shown as a mark, not as an error.
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) codes.Add(char.ConvertToUtf32(text[i], text[++i]));
            else codes.Add(char.IsSurrogate(text[i]) ? 0xfffd : text[i]);
        }

        starts = [.. at];
        return [.. codes];
    }

    private static GlyphRun Set(string text, Stretch stretch, ref float pen)
    {
        using var buffer = new Buffer();
        // The whole text goes in, so that a letter at the end of a stretch knows its neighbour.
        buffer.AddUtf16(text.AsSpan(), stretch.At, stretch.Length);
        buffer.Direction = (stretch.Level & 1) == 1 ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.GuessSegmentProperties();
        stretch.Face.Shaper.Shape(buffer);
        var infos = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var glyphs = new ushort[infos.Length];
        float[] x = new float[infos.Length], y = new float[infos.Length];
        float unit = 1f / stretch.Face.UnitsPerEm;
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            x[i] = pen + (places[i].XOffset * unit);
            y[i] = -places[i].YOffset * unit;
            pen += places[i].XAdvance * unit;
        }

        return new(stretch.Face, glyphs, x, y);
    }

    private readonly record struct Stretch(int At, int Length, FontFace Face, byte Level);
}
