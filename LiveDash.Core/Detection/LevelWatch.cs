using System.Runtime.CompilerServices;

namespace LiveDash.Core.Detection;

/// <summary>
/// Tells how far the mean of the last 24 distances from a guess is out of the ordinary, in decades of a normal tail: what stays a little away grows bar by bar into
/// something strange. A distance alone is capped at a multiple of their 98th percentile, so that one spike is no level. Not thread-safe.
/// </summary>
internal struct LevelWatch
{
    private const double SlowRate = 0.0015;
    private const double FadeRate = 0.002;
    private const int Bars = 24;
    private const double Most = 1.2;
    private const int CapBars = 100;
    private const int VarianceCapBars = 200;

    private LastDistances _distances;
    private RatioTail _ratio;
    private double _sum;
    private double _variance;
    private double _meanVariance;
    private int _bars;
    private bool _wasFar;

    /// <summary>The mean distance, faded.</summary>
    public double Mean { get; private set; }

    /// <summary>The mean of the last 24 with the one that was asked for last.</summary>
    public double Now { get; private set; }

    /// <summary>Where neighbours go together, the mean of 24 varies more than 24 strangers would: the larger of two spreads counts.</summary>
    private readonly double Spread => Math.Sqrt(Math.Max(_variance / Bars, _meanVariance));

    /// <summary>How strange the mean of the last 24 is with this distance in it. The distance is learnt.</summary>
    /// <param name="distance">The distance, not negative.</param>
    public double Push(double distance)
    {
        var cap = _bars > CapBars ? Most * _ratio.Threshold : double.PositiveInfinity;
        double capped = (float)(_wasFar ? distance : Math.Min(distance, cap));
        _wasFar = distance > cap;
        var place = _bars % Bars;
        _sum += capped - _distances[place];
        _distances[place] = (float)capped;
        if (place == 0)
        {
            // Summed anew, so that no error of addition and subtraction gathers.
            _sum = 0;
            foreach (var one in _distances) _sum += one;
        }

        Now = _sum / Math.Min(Bars, _bars + 1);
        var spread = Spread;
        var decades = spread > 0 ? NormalTail.Decades((Now - Mean) / spread) : 0;
        _ratio.Learn(distance);
        Learn(capped);
        _bars++;
        return decades;
    }

    private void Learn(double distance)
    {
        // What was judged as the mean, so that its spread is that of the figure judged.
        var off = Now - Mean;
        var square = off * off;
        if (_bars > VarianceCapBars) square = Math.Min(square, 50 * _meanVariance);
        _meanVariance += Math.Max(SlowRate, 1.0 / (_bars + 1)) * (square - _meanVariance);
        var rate = Math.Max(FadeRate, 1.0 / (_bars + 1));
        var delta = distance - Mean;
        Mean += rate * delta;
        _variance = (1 - rate) * (_variance + (rate * delta * delta));
    }

    [InlineArray(Bars)]
    private struct LastDistances
    {
        private float _first;
    }
}
