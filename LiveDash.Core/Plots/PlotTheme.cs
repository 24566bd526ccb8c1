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
/// Eight colours to be told apart with any of the common colour deficiencies: Okabe and Ito (2008) but for yellow and black, filled up from Paul Tol's muted scheme.
/// </param>
public sealed record PlotTheme(string Name, Rgba Back, Rgba Text, Rgba Quiet, Rgba Grid, Rgba Axis, IReadOnlyList<Rgba> Series)
{
    /// <summary>For paper and bright pages.</summary>
    public static PlotTheme Light { get; } = new(
        "light", Rgba.Hex(0xffffff), Rgba.Hex(0x1d2433), Rgba.Hex(0x5a6377), Rgba.Hex(0xe7eaf0), Rgba.Hex(0xa9b1c1),
        [Rgba.Hex(0x0072b2), Rgba.Hex(0xd55e00), Rgba.Hex(0x009e73), Rgba.Hex(0xcc79a7), Rgba.Hex(0xe69f00), Rgba.Hex(0x56b4e9), Rgba.Hex(0x882255), Rgba.Hex(0x999933)]);

    /// <summary>For dark pages.</summary>
    public static PlotTheme Dark { get; } = new(
        "dark", Rgba.Hex(0x14181f), Rgba.Hex(0xe6eaf2), Rgba.Hex(0x9aa4b8), Rgba.Hex(0x262d39), Rgba.Hex(0x4a5568),
        [Rgba.Hex(0x56b4e9), Rgba.Hex(0xe69f00), Rgba.Hex(0x2fc39a), Rgba.Hex(0xe58fc0), Rgba.Hex(0xf0e442), Rgba.Hex(0x7f9cf5), Rgba.Hex(0xff8a5b), Rgba.Hex(0xb8c04a)]);

    /// <summary>The theme of a name, or null.</summary>
    public static PlotTheme? Find(string name) => name switch { "light" => Light, "dark" => Dark, _ => null };

    /// <summary>The colour of the n-th series; they come round again after eight.</summary>
    public Rgba Color(int n) => Series[n % Series.Count];
}
