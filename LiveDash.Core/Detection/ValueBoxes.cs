using System.Runtime.CompilerServices;

namespace LiveDash.Core.Detection;

/// <summary>
/// Where values were seen lately, as at most 32 intervals: what falls far from all of them is new. An interval that was not visited for
/// <see cref="Lifetime"/> values is forgotten. 768 bytes. Not thread-safe.
/// </summary>
internal struct ValueBoxes
{
    /// <summary>The most intervals; the one visited longest ago makes room.</summary>
    public const int Most = 32;

    /// <summary>So many values an interval lives without a visit.</summary>
    public const int Lifetime = 20_000;

    // An interval grows at most to this part of the range, and slowly.
    private const double Widest = 0.057;
    private const double Growth = 0.06;

    private Edges _low;
    private Edges _high;
    private Times _visited;
    private Times _made;
    private int _count;
    private int _now;
    private int _home;
    private double _toHome;

    /// <summary>For how many values the interval of the one that was asked for last has been known; 0 where it is in none.</summary>
    public readonly int Age => _home < 0 ? 0 : _now - _made[_home];

    /// <summary>How far the value is from the nearest interval, 0 where it is in one or close enough to widen it; remembers which for <see cref="Learn"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="range">What counts as the whole range of values.</param>
    /// <param name="low">The near edge of the intervals below it, or the value itself.</param>
    /// <param name="high">The near edge of the intervals above it, or the value itself.</param>
    public double Distance(double value, double range, out double low, out double high)
    {
        _home = -1;
        _toHome = double.PositiveInfinity;
        low = double.NegativeInfinity;
        high = double.PositiveInfinity;
        for (var at = 0; at < _count;)
        {
            if (_now - _visited[at] > Lifetime)
            {
                Drop(at);
                continue;
            }

            if (value > _high[at]) low = Math.Max(low, _high[at]);
            if (value < _low[at]) high = Math.Min(high, _low[at]);
            var distance = Math.Max(0, Math.Max(_low[at] - value, value - _high[at]));
            var width = Math.Max(_high[at], value) - Math.Min(_low[at], value);
            if ((distance == 0 || width <= Widest * range) && distance < _toHome) (_toHome, _home) = (distance, at);
            at++;
        }

        if (_home >= 0 || _count == 0) return 0;
        return Math.Min(value - low, high - value);
    }

    /// <summary>The least and the greatest of what was seen lately; at least one interval must be known.</summary>
    public readonly (double Low, double High) Range()
    {
        var (low, high) = (_low[0], _high[0]);
        for (var at = 1; at < _count; at++) (low, high) = (Math.Min(low, _low[at]), Math.Max(high, _high[at]));
        return (low, high);
    }

    /// <summary>Takes the value that <see cref="Distance"/> was just asked for.</summary>
    public void Learn(double value)
    {
        if (_home < 0)
        {
            _home = _count < Most ? _count++ : Oldest();
            _low[_home] = _high[_home] = value;
            _made[_home] = _now;
        }
        else if (value < _low[_home])
        {
            _low[_home] += Growth * (value - _low[_home]);
        }
        else if (value > _high[_home])
        {
            _high[_home] += Growth * (value - _high[_home]);
        }

        _visited[_home] = _now++;
    }

    private readonly int Oldest()
    {
        var oldest = 0;
        for (var at = 1; at < _count; at++)
        {
            if (_visited[at] < _visited[oldest]) oldest = at;
        }

        return oldest;
    }

    private void Drop(int at)
    {
        _count--;
        (_low[at], _high[at], _visited[at], _made[at]) = (_low[_count], _high[_count], _visited[_count], _made[_count]);
    }

    [InlineArray(Most)]
    private struct Edges
    {
        private double _first;
    }

    [InlineArray(Most)]
    private struct Times
    {
        private int _first;
    }
}
