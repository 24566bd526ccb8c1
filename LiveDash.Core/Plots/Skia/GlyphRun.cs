namespace LiveDash.Core.Plots.Skia;

/// <summary>Glyphs of one font in the order from the left. Immutable.</summary>
/// <param name="Face">The font.</param>
/// <param name="Glyphs">Their numbers in it.</param>
/// <param name="X">Their places from the text's left end, in ems.</param>
/// <param name="Y">Their places below the baseline, in ems.</param>
internal sealed record GlyphRun(FontFace Face, ushort[] Glyphs, float[] X, float[] Y);
