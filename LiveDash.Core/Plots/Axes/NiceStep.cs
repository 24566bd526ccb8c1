namespace LiveDash.Core.Plots.Axes;

/// <summary>Steps of 1, 2 or 5 times a power of ten (Heckbert, Graphics Gems, 1990). Pure.</summary>
internal static class NiceStep
{
    /// <summary>The least nice step that is at least so large.</summary>
    internal static double AtLeast(double raw)
    {
        if (!(raw > 0)) return 1;
        if (raw > double.MaxValue / 10) return double.MaxValue / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var rest = raw / unit;
        return unit * (rest <= 1.0000001 ? 1 : rest <= 2.0000001 ? 2 : rest <= 5.0000001 ? 5 : 10);
    }

    /// <summary>The next larger nice step.</summary>
    internal static double After(double step) => AtLeast(step * 1.5);
}
