namespace LiveDash.Core.Query.Functions;

/// <summary>A sum that keeps what rounding loses (Neumaier 1974), as Prometheus sums. A mutable value: keep it in a local.</summary>
internal struct KahanSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum.</summary>
    public readonly double Value => double.IsInfinity(_sum) ? _sum : _sum + _lost;

    /// <summary>Adds a number.</summary>
    public void Add(double number)
    {
        var next = _sum + number;
        if (double.IsInfinity(next)) _lost = 0;
        else if (Math.Abs(_sum) >= Math.Abs(number)) _lost += (_sum - next) + number;
        else _lost += (number - next) + _sum;
        _sum = next;
    }
}
