namespace LiveDash.Core.Plots.Skia;

/// <summary>A line of text as glyphs, in ems, so that one serves every size. Immutable.</summary>
/// <param name="Width">How far the text reaches.</param>
/// <param name="Runs">Its glyphs from the left.</param>
internal sealed record ShapedText(float Width, IReadOnlyList<GlyphRun> Runs);
