using LiveDash.Core.Plots.Axes;
using LiveDash.Core.Plots.Drawing;

namespace LiveDash.Core.Plots;

/// <summary>
/// Maps numbers to viridis (Smith and van der Walt, 2015), which stays even in print and for the colour-blind. Immutable.
/// </summary>
/// <param name="Low">What the first colour means.</param>
/// <param name="High">What the last colour means.</param>
/// <param name="Label">What is measured.</param>
/// <param name="Log">Even steps of the logarithm; both ends are then above zero.</param>
internal sealed record ColorScale(double Low, double High, string Label, bool Log = false)
{
    private static readonly Rgba[] Stops =
    [
        Rgba.Hex(0x440154), Rgba.Hex(0x481a6c), Rgba.Hex(0x472f7d), Rgba.Hex(0x414487), Rgba.Hex(0x39568c), Rgba.Hex(0x31688e), Rgba.Hex(0x2a788e), Rgba.Hex(0x23888e),
        Rgba.Hex(0x1f988b), Rgba.Hex(0x22a884), Rgba.Hex(0x35b779), Rgba.Hex(0x54c568), Rgba.Hex(0x7ad151), Rgba.Hex(0xa5db36), Rgba.Hex(0xd2e21b), Rgba.Hex(0xfde725),
    ];

    /// <summary>What stands beside the scale: what is measured, and what is to be added to its labels.</summary>
    internal string Text => !Log && High > Low && new LinearAxis(Low, High).Offset is { } offset ? $"{Label}, {offset}" : Label;

    /// <summary>The colour of a number; those beyond an end have that end's.</summary>
    internal Rgba Color(double value) => At(Share(value));

    /// <summary>How far a number is from the first to the last colour, 0 to 1 for those between.</summary>
    internal double Share(double value) =>
        !(High > Low) ? 0.5 : Log && Low > 0 ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2));

    /// <summary>The colour a share of the way, 0 to 1.</summary>
    internal static Rgba At(double share)
    {
        var place = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (Stops.Length - 1);
        var stop = Math.Min((int)place, Stops.Length - 2);
        return Stops[stop].Mix(Stops[stop + 1], place - stop);
    }
}
