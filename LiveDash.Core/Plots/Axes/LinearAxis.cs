using LiveDash.Core.Plots.Kinds;

namespace LiveDash.Core.Plots.Axes;

/// <summary>An even scale from one number to another.</summary>
internal sealed class LinearAxis : Axis
{
    // Where the ends have more digits in common than this, labels tell only what follows them.
    private const double MostCommon = 1e5;
    private readonly double _offset;

    internal LinearAxis(double low, double high)
    {
        (low, high) = (Finite(low), Finite(high));
        if (!(high > low)) (low, high) = Widen(low);
        Low = low;
        High = high;
        if (Math.Max(Math.Abs(low), Math.Abs(high)) > Span * MostCommon) _offset = RoundestOf(low, high);
    }

    /// <summary>Its beginning.</summary>
    internal double Low { get; }

    /// <summary>Its end.</summary>
    internal double High { get; }

    /// <inheritdoc/>
    public override string? Offset => _offset == 0 ? null : NumberText.Offset(_offset);

    // Its length; at most what a double holds.
    private double Span => Math.Min(((High / 2) - (Low / 2)) * 2, double.MaxValue);

    /// <summary>A scale that shows values with some air, and zero where it is near; an empty range gives 0 to 1.</summary>
    internal static LinearAxis ForValues(double low, double high)
    {
        if (!(high >= low)) return new(0, 1);
        if (high == low) (low, high) = Widen(low);
        // Spans beyond what a double holds are cut, not wrapped to infinity.
        var span = Math.Min(((high / 2) - (low / 2)) * 2, double.MaxValue / 4);
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
        var air = extent.High > extent.Low ? (extent.High * 0.03) - (extent.Low * 0.03) : Math.Max(Math.Abs(extent.Low) * 0.05, 0.5);
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
        var air = Math.Min(high * 0.06, double.MaxValue / 4) - Math.Max(low * 0.06, -double.MaxValue / 4);
        return new(low < 0 ? low - air : 0, high > 0 ? high + air : 0);
    }

    /// <inheritdoc/>
    public override double Share(double value) => double.IsFinite(High - Low) ? (value - Low) / (High - Low) : ((value / 2) - (Low / 2)) / ((High / 2) - (Low / 2));

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent)
    {
        var step = NiceStep.AtLeast(Span / Math.Max(2, length / spacing));
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

    private static double Finite(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, -double.MaxValue, double.MaxValue);

    // The roundest number between the ends.
    private static double RoundestOf(double low, double high)
    {
        for (var unit = Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high))))); unit > 0; unit /= 10)
        {
            var number = Math.Ceiling(low / unit) * unit;
            if (number <= high) return number;
        }

        return low;
    }

    private List<Tick> Make(double step)
    {
        var ticks = new List<Tick>();
        // From the offset on, numbers are small and their steps exact.
        double low = Low - _offset, high = High - _offset;
        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        var first = Math.Ceiling((low / step) - 1e-9);
        var last = Math.Floor((high / step) + 1e-9);
        for (var n = first; n <= last && ticks.Count < 200; n++)
        {
            var value = n * step;
            if (double.IsFinite(value)) ticks.Add(new(Share(value + _offset), NumberText.Tick(value, step, largest)));
        }

        return ticks;
    }
}
