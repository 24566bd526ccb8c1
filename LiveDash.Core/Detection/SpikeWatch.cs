namespace LiveDash.Core.Detection;

/// <summary>Tells a point that lies far outside all values of the bars so far, for points that are otherwise judged by bars. 32 bytes. Not thread-safe.</summary>
internal struct SpikeWatch
{
    // Beyond the range by this part of it: no sample of a normal, an exponential or a random walk comes near once a day of points is known.
    private const double Beyond = 0.75;
    private const int Least = 3_600;
    private const double Forgetting = 1e-7;

    private long _points;

    /// <summary>The least value seen lately.</summary>
    public double Low { get; private set; }

    /// <summary>The greatest value seen lately.</summary>
    public double High { get; private set; }

    /// <summary>How far outside the value is, in units of what is a spike: 1 and more is one. 0 while fewer than an hour of seconds was seen.</summary>
    public readonly double Of(double value)
    {
        var range = High - Low;
        return _points < Least || range <= 0 ? 0 : Math.Max(0, Math.Max(value - High, Low - value) / (Beyond * range));
    }

    /// <summary>Takes a bar.</summary>
    public void Learn(double low, double high, int points)
    {
        if (_points == 0) (Low, High) = (low, high);
        _points += points;
        // The range fades a little, so that a value of long ago does not hide what comes for ever, and grows to either side by no more than itself: one spike of a million
        // is told once and hides no other, while a series that has moved is known again within an hour or two.
        var range = High - Low;
        var faded = Forgetting * points * range;
        var most = range > 0 ? range : double.PositiveInfinity;
        Low = Math.Min(Math.Max(low, Low - most), Low + faded);
        High = Math.Max(Math.Min(high, High + most), High - faded);
    }
}
