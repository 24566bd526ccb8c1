namespace LiveDash.Core.Query.Functions;

/// <summary>The population's variance of numbers in one pass (Welford 1962), with sums that keep what rounding loses. A mutable value: keep it in a local.</summary>
internal struct Spread
{
    private long _count;
    private KahanSum _mean;
    private KahanSum _squares;

    /// <summary>The variance.</summary>
    public readonly double Variance => _squares.Value / _count;

    /// <summary>Adds a number.</summary>
    public void Add(double number)
    {
        _count++;
        var delta = number - _mean.Value;
        _mean.Add(delta / _count);
        _squares.Add(delta * (number - _mean.Value));
    }
}
