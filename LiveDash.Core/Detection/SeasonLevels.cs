namespace LiveDash.Core.Detection;

/// <summary>The level of each hour of the day and of each hour of the week, by local time. Under 1 KB. Not thread-safe.</summary>
internal sealed class SeasonLevels
{
    private const double LeastRate = 0.2;

    private readonly float[] _levels = new float[24 + (7 * 24)];
    private readonly byte[] _seen = new byte[24 + (7 * 24)];

    /// <summary>How far a value is from the nearer of the two levels of this hour; infinity where the hour was never seen.</summary>
    public double Distance(DateTime local, double value) =>
        Math.Min(Distance(local.Hour, value), Distance(OfWeek(local), value));

    /// <summary>Takes a value.</summary>
    public void Learn(DateTime local, double value)
    {
        Learn(local.Hour, value);
        Learn(OfWeek(local), value);
    }

    private static int OfWeek(DateTime local) => 24 + ((int)local.DayOfWeek * 24) + local.Hour;

    private double Distance(int place, double value) => _seen[place] > 0 ? Math.Abs(value - _levels[place]) : double.PositiveInfinity;

    private void Learn(int place, double value)
    {
        if (_seen[place] < byte.MaxValue) _seen[place]++;
        _levels[place] += (float)(Math.Max(LeastRate, 1.0 / _seen[place]) * (value - _levels[place]));
    }
}
