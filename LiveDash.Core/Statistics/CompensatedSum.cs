namespace LiveDash.Core.Statistics;

/// <summary>A sum that carries what rounding lost (Neumaier 1974).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    internal readonly double Total => _sum + _lost;

    /// <summary>Adds a finite value.</summary>
    internal void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? (_sum - next) + value : (value - next) + _sum;
        _sum = next;
    }
}
