using System.Runtime.CompilerServices;

namespace LiveDash.Core.Detection;

/// <summary>
/// The level of each hour of the day and of each hour of the week, by local time. An hour is known once it is over: while it is seen for the first time its level
/// would only follow the values and tell nothing of an hour like it. Under 1 KB. Not thread-safe.
/// </summary>
internal sealed class SeasonLevels
{
    private const double LeastRate = 0.2;

    private Levels _levels;
    private Counts _seen;
    private int _hour = -1;
    private bool _isFirstOfDay;
    private bool _isFirstOfWeek;

    /// <summary>The level of this hour of the day; NaN where it is not known.</summary>
    public double OfDay(int hour) => _seen[hour % 24] > 0 && !(_isFirstOfDay && hour % 24 == _hour % 24) ? _levels[hour % 24] : double.NaN;

    /// <summary>The level of this hour of the week; NaN where it is not known.</summary>
    public double OfWeek(int hour) => _seen[24 + hour] > 0 && !(_isFirstOfWeek && hour == _hour) ? _levels[24 + hour] : double.NaN;

    /// <summary>How far a value is from the nearer of the two levels of this hour; infinity where neither is known.</summary>
    public double Distance(int hour, double value) => Math.Min(Distance(OfDay(hour), value), Distance(OfWeek(hour), value));

    /// <summary>Takes a value.</summary>
    public void Learn(int hour, double value)
    {
        if (hour != _hour) (_hour, _isFirstOfDay, _isFirstOfWeek) = (hour, _seen[hour % 24] == 0, _seen[24 + hour] == 0);
        LearnAt(hour % 24, value);
        LearnAt(24 + hour, value);
    }

    private static double Distance(double level, double value) => double.IsNaN(level) ? double.PositiveInfinity : Math.Abs(value - level);

    private void LearnAt(int place, double value)
    {
        if (_seen[place] < byte.MaxValue) _seen[place]++;
        _levels[place] += (float)(Math.Max(LeastRate, 1.0 / _seen[place]) * (value - _levels[place]));
    }

    [InlineArray(24 + LocalClock.HoursOfWeek)]
    private struct Levels
    {
        private float _first;
    }

    [InlineArray(24 + LocalClock.HoursOfWeek)]
    private struct Counts
    {
        private byte _first;
    }
}
