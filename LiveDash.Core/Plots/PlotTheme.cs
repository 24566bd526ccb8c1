using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots;

/// <summary>The colours of a plot. Immutable, so safe on any thread.</summary>
/// <param name="Name"><c>light</c> or <c>dark</c>, as a request names it.</param>
/// <param name="Back">The background.</param>
/// <param name="Text">Titles and legends.</param>
/// <param name="Quiet">Tick labels and axis titles.</param>
/// <param name="Grid">Grid lines.</param>
/// <param name="Axis">The base line and tick marks.</param>
/// <param name="Series">
/// Eight colours to be told apart with any of the common colour deficiencies (after Okabe and Ito, 2008), the same as on the pages: a test compares them with the tokens there.
/// </param>
public sealed record PlotTheme(string Name, Rgba Back, Rgba Text, Rgba Quiet, Rgba Grid, Rgba Axis, IReadOnlyList<Rgba> Series)
{
    /// <summary>For paper and bright pages.</summary>
    public static PlotTheme Light { get; } = new(
        "light", Rgba.Hex(0xffffff), Rgba.Hex(0x12181f), Rgba.Hex(0x5a6776), Rgba.Hex(0xe6eaee), Rgba.Hex(0x8f9baa),
        [Rgba.Hex(0x0068b4), Rgba.Hex(0xc95100), Rgba.Hex(0x00846a), Rgba.Hex(0xa8458c), Rgba.Hex(0x8a6a00), Rgba.Hex(0x4b49b6), Rgba.Hex(0x2f8fc4), Rgba.Hex(0x5c6672)]);

    /// <summary>For dark pages.</summary>
    public static PlotTheme Dark { get; } = new(
        "dark", Rgba.Hex(0x141a21), Rgba.Hex(0xe9edf2), Rgba.Hex(0x93a0af), Rgba.Hex(0x202933), Rgba.Hex(0x66758a),
        [Rgba.Hex(0x58aef2), Rgba.Hex(0xf28b45), Rgba.Hex(0x2cc39b), Rgba.Hex(0xdf8cc3), Rgba.Hex(0xe3c04a), Rgba.Hex(0xa3a0f5), Rgba.Hex(0x9ad4f5), Rgba.Hex(0xa5b0bd)]);

    /// <summary>The theme of a name, or null.</summary>
    public static PlotTheme? Find(string name) => name switch { "light" => Light, "dark" => Dark, _ => null };

    /// <summary>The colour of the n-th series; they come round again after eight.</summary>
    public Rgba Color(int n) => Series[n % Series.Count];
}
