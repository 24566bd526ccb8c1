namespace LiveDash.Core.Plots.Axes;

/// <summary>Names in a row, each with the same room; the value of a name is its number from 0.</summary>
internal sealed class CategoryAxis(IReadOnlyList<string> names) : Axis
{
    /// <inheritdoc/>
    public override bool IsCategory => true;

    /// <summary>How many names there are.</summary>
    internal int Count => names.Count;

    /// <inheritdoc/>
    public override double Share(double value) => (value + 0.5) / Math.Max(1, names.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent)
    {
        for (var every = 1; every <= Math.Max(1, names.Count); every++)
        {
            var ticks = new List<Tick>();
            for (var i = 0; i < names.Count; i += every) ticks.Add(new(Share(i), names[i]));
            if (Fits(ticks, length, extent)) return ticks;
        }

        return [];
    }
}
