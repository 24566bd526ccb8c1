namespace LiveDash.Core.Query.Functions;

/// <summary>The mean of numbers: a sum by their count, and where the sum would be infinite a mean that is moved by each. A mutable value: keep it in a local.</summary>
internal struct RunningMean
{
    private KahanSum _sum;
    private double _mean;
    private bool _moves;
    private long _count;

    /// <summary>The mean.</summary>
    public readonly double Value => _moves ? _mean : _sum.Value / _count;

    /// <summary>Adds a number.</summary>
    public void Add(double number)
    {
        _count++;
        if (!_moves)
        {
            var next = _sum;
            next.Add(number);
            if (_count == 1 || !double.IsInfinity(next.Value))
            {
                _sum = next;
                return;
            }

            _moves = true;
            _mean = _sum.Value / (_count - 1);
        }

        // An infinite mean stays, unless a number of the other sign makes it none.
        if (double.IsInfinity(_mean) && (!double.IsFinite(number) ? _mean == number : true)) return;
        _mean += (number / _count) - (_mean / _count);
    }
}
