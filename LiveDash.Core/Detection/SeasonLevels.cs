namespace LiveDash.Core.Detection;

/// <summary>The level of each hour of the day and of each hour of the week, by local time. Under 1 KB. Not thread-safe.</summary>
internal sealed class SeasonLevels
{
    private const double LeastRate = 0.2;

    private readonly float[] _levels = new float[24 + LocalClock.HoursOfWeek];
    private readonly byte[] _seen = new byte[24 + LocalClock.HoursOfWeek];

    /// <summary>The level of this hour of the day; NaN where it was never seen.</summary>
    public double OfDay(int hour) => _seen[hour % 24] > 0 ? _levels[hour % 24] : double.NaN;

    /// <summary>The level of this hour of the week; NaN where it was never seen.</summary>
    public double OfWeek(int hour) => _seen[24 + hour] > 0 ? _levels[24 + hour] : double.NaN;

    /// <summary>How far a value is from the nearer of the two levels of this hour; infinity where the hour was never seen.</summary>
    public double Distance(int hour, double value) => Math.Min(Distance(OfDay(hour), value), Distance(OfWeek(hour), value));

    /// <summary>Takes a value.</summary>
    public void Learn(int hour, double value)
    {
        LearnAt(hour % 24, value);
        LearnAt(24 + hour, value);
    }

    private static double Distance(double level, double value) => double.IsNaN(level) ? double.PositiveInfinity : Math.Abs(value - level);

    private void LearnAt(int place, double value)
    {
        if (_seen[place] < byte.MaxValue) _seen[place]++;
        _levels[place] += (float)(Math.Max(LeastRate, 1.0 / _seen[place]) * (value - _levels[place]));
    }
}
