namespace LiveDash.Core.Detection;

/// <summary>Tells a point that lies far outside all values so far, for points that are otherwise judged by bars. 40 bytes. Not thread-safe.</summary>
internal sealed class SpikeWatch
{
    // Beyond the range by this part of it: no sample of a normal, an exponential or a random walk comes near once a day of points is known.
    private const double Beyond = 0.75;
    private const int Least = 3_600;
    private const double Forgetting = 1e-7;

    private double _low;
    private double _high;
    private long _points;

    /// <summary>How far outside the value is, in units of what is a spike: 1 and more is one. 0 while fewer than an hour of seconds was seen.</summary>
    public double Push(double value, out double low, out double high)
    {
        if (_points == 0) _low = _high = value;
        (low, high) = (_low, _high);
        var range = _high - _low;
        var outside = Math.Max(value - _high, _low - value);
        var far = _points++ < Least || range <= 0 ? 0 : Math.Max(0, outside / (Beyond * range));
        // The range fades a little, so that a value of long ago does not hide what comes for ever.
        _low = Math.Min(value, _low + (Forgetting * range));
        _high = Math.Max(value, _high - (Forgetting * range));
        return far;
    }
}
