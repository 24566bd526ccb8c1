namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Values of which quantiles are wanted: all of them up to 10,000, beyond that an even random sample of 10,000 (Vitter's algorithm R, 1985, from a fixed
/// seed, so that the same data give the same picture), with least and greatest always exact. A quartile of a sample is off by about half a percent of rank.
/// Not thread-safe.
/// </summary>
internal sealed class ValueSample
{
    private const int Most = 10_000;
    private readonly List<double> _values = [];
    private readonly Random _random = new(1);
    private Extent _extent;
    private bool _sorted;

    /// <summary>How many values there were.</summary>
    internal long Count { get; private set; }

    /// <summary>Least and greatest.</summary>
    internal Extent Extent => _extent;

    /// <summary>What was kept, in order.</summary>
    internal IReadOnlyList<double> Sorted
    {
        get
        {
            if (!_sorted) _values.Sort();
            _sorted = true;
            return _values;
        }
    }

    /// <summary>Takes a value.</summary>
    internal void Add(double value)
    {
        Count++;
        _extent.Add(value);
        if (_values.Count < Most)
        {
            _values.Add(value);
            return;
        }

        var place = _random.NextInt64(Count);
        if (place < Most) _values[(int)place] = value;
    }

    /// <summary>A quantile between 0 and 1, interpolated; NaN for no values.</summary>
    internal double Quantile(double share)
    {
        var sorted = Sorted;
        if (sorted.Count == 0) return double.NaN;
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
