namespace LiveDash.Core.Plots.Axes;

/// <summary>A logarithmic scale; both ends are above zero.</summary>
internal sealed class LogAxis : Axis
{
    private readonly double _low;
    private readonly double _high;

    internal LogAxis(double low, double high)
    {
        if (!(low > 0) || !double.IsFinite(high)) (low, high) = (1, 10);
        if (!(high > low)) (low, high) = (low / 2, low * 2);
        var air = (Math.Log10(high) - Math.Log10(low)) * 0.04;
        _low = Math.Log10(low) - air;
        _high = Math.Log10(high) + air;
    }

    /// <inheritdoc/>
    public override double Share(double value) => value > 0 ? (Math.Log10(value) - _low) / (_high - _low) : double.NaN;

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent)
    {
        if (_high - _low < 0.7)
        {
            var (low, high) = (Math.Pow(10, _low), Math.Pow(10, _high));
            return [.. new LinearAxis(low, high).Ticks(length, spacing, extent).Select(t => t with { Share = Share(low + (t.Share * (high - low))) })];
        }

        double[][] within = [[1, 2, 5], [1, 3], [1]];
        foreach (var digits in within)
        {
            var ticks = Make(digits, 1);
            if (ticks.Count * spacing * 0.6 <= length && Fits(ticks, length, extent)) return ticks;
        }

        for (var every = 1; every < 700; every = every < 3 ? every + 1 : every + 3)
        {
            var ticks = Make([1], every);
            if (ticks.Count * spacing * 0.6 <= length && Fits(ticks, length, extent)) return ticks;
        }

        return [];
    }

    private List<Tick> Make(double[] digits, int every)
    {
        var ticks = new List<Tick>();
        for (var power = Math.Floor(_low / every) * every; power <= _high; power += every)
        {
            foreach (var digit in digits)
            {
                var value = digit * Math.Pow(10, power);
                var share = Share(value);
                if (share is >= -1e-9 and <= 1 + 1e-9) ticks.Add(new(share, NumberText.Short(value)));
            }
        }

        return ticks;
    }
}
