using LiveDash.Core.Plots.Kinds;

namespace LiveDash.Core.Plots.Axes;

/// <summary>An even scale from one number to another.</summary>
internal sealed class LinearAxis : Axis
{
    internal LinearAxis(double low, double high)
    {
        if (!(high > low)) (low, high) = Widen(low);
        Low = low;
        High = high;
    }

    /// <summary>Its beginning.</summary>
    internal double Low { get; }

    /// <summary>Its end.</summary>
    internal double High { get; }

    /// <summary>A scale that shows values with some air, and zero where it is near; an empty range gives 0 to 1.</summary>
    internal static LinearAxis ForValues(double low, double high)
    {
        if (!(high >= low)) return new(0, 1);
        if (high == low) (low, high) = Widen(low);
        // Spans beyond what a double holds are cut, not wrapped to infinity.
        var span = Math.Min(high - low, double.MaxValue / 4);
        var under = low >= 0 && low <= span * 0.4 ? 0 : low - (span * 0.05);
        var over = high <= 0 && -high <= span * 0.4 ? 0 : high + (span * 0.05);
        return new(under, over);
    }

    /// <summary>A scale that shows values with some air, and zero where it is near.</summary>
    internal static LinearAxis ForValues(Extent extent) => extent.IsEmpty ? new(0, 1) : ForValues(extent.Low, extent.High);

    /// <summary>A scale that shows places with a little air, whatever zero is.</summary>
    internal static LinearAxis ForPlaces(Extent extent)
    {
        if (extent.IsEmpty) return new(0, 1);
        var air = extent.High > extent.Low ? (extent.High - extent.Low) * 0.03 : Math.Max(Math.Abs(extent.Low) * 0.05, 0.5);
        return new(extent.Low - air, extent.High + air);
    }

    /// <summary>A scale for bars, which begin at zero.</summary>
    internal static LinearAxis ForBars(Extent extent) => extent.IsEmpty ? new(0, 1) : ForBars(extent.Low, extent.High);

    /// <summary>A scale for bars, which begin at zero.</summary>
    internal static LinearAxis ForBars(double low, double high)
    {
        low = Math.Min(0, double.IsFinite(low) ? low : 0);
        high = Math.Max(0, double.IsFinite(high) ? high : 0);
        if (low == high) high = 1;
        var air = (high - low) * 0.06;
        return new(low < 0 ? low - air : 0, high > 0 ? high + air : 0);
    }

    /// <inheritdoc/>
    public override double Share(double value) => (value - Low) / (High - Low);

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent)
    {
        var step = NiceStep.AtLeast((High - Low) / Math.Max(1, length / spacing));
        for (var tries = 0; tries < 12; tries++, step = NiceStep.After(step))
        {
            var ticks = Make(step);
            if (Fits(ticks, length, extent)) return ticks;
        }

        return [];
    }

    private static (double Low, double High) Widen(double value)
    {
        var half = Math.Max(Math.Abs(value) * 0.05, value == 0 ? 1 : Math.BitIncrement(Math.Abs(value)) - Math.Abs(value));
        return (value - half, value + half);
    }

    private List<Tick> Make(double step)
    {
        var ticks = new List<Tick>();
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        var first = Math.Ceiling((Low / step) - 1e-9);
        var last = Math.Floor((High / step) + 1e-9);
        for (var n = first; n <= last && ticks.Count < 200; n++)
        {
            ticks.Add(new(Share(n * step), NumberText.Tick(n * step, step, largest)));
        }

        return ticks;
    }
}
