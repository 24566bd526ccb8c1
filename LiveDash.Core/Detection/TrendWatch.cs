namespace LiveDash.Core.Detection;

/// <summary>
/// Tells when a series reaches a value if it goes on as it does: the median of slopes (Theil 1950, Sen 1968) over the longest of several stretches of the past
/// that a straight line describes, with the stretch of the slopes' middle half times two as its uncertainty. Says so where none does. Not thread-safe.
/// </summary>
public sealed class TrendWatch : IJudgedBars
{
    /// <summary>What is further away than this is told as this: no trend of days says more.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(3_650);

    private const int Kept = 2_048;
    private const int Parts = 32;
    private const int LeastBars = 24;

    private readonly long[] _times = new long[Kept];
    private readonly double[] _values = new double[Kept];
    private readonly double[] _partTimes = new double[Parts];
    private readonly double[] _partValues = new double[Parts];
    private readonly double[] _slopes = new double[Parts * (Parts - 1) / 2];
    private readonly double[] _scratch = new double[Parts];
    private int _count;
    private int _next;
    private (double Target, TimeToValue Told)? _told;

    /// <inheritdoc/>
    public void Take(in JudgedBar bar)
    {
        (_times[_next], _values[_next]) = (bar.Began, bar.Level);
        _next = (_next + 1) % Kept;
        _count = Math.Min(Kept, _count + 1);
        _told = null;
    }

    /// <summary>When the series reaches a value. What has been silent for longer than the stretch that a line describes says nothing of that.</summary>
    /// <param name="target">The value.</param>
    /// <param name="now">From when on that is counted, in UTC ticks.</param>
    public TimeToValue TimeTo(double target, long now)
    {
        // Asked for at each point, and it changes with a bar.
        if (_told is not { } known || !known.Target.Equals(target)) _told = known = (target, Fit(target));
        var told = known.Told;
        if (told.At is not { } at) return told;
        var passed = TimeSpan.FromTicks(Math.Max(0, now - _times[(_next + Kept - 1) % Kept]));
        return passed > told.Span ? TimeToValue.Unknown : told with { At = After(at, passed), Soonest = After(told.Soonest, passed), Latest = After(told.Latest, passed) };
    }

    private static TimeSpan After(TimeSpan span, TimeSpan passed) => span >= Furthest ? Furthest : span > passed ? span - passed : TimeSpan.Zero;

    private TimeToValue Fit(double target)
    {
        for (var bars = _count; bars >= LeastBars; bars /= 2)
        {
            if (!TryFit(bars, out var slope, out var low, out var high, out var end)) continue;
            return Reach(target - end, slope, low, high, bars);
        }

        return TimeToValue.Unknown;
    }

    private TimeToValue Reach(double way, double slope, double low, double high, int bars)
    {
        var span = TimeSpan.FromTicks(_times[(_next + Kept - 1) % Kept] - _times[(_next + Kept - bars) % Kept]);
        if (way == 0) return new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, span);
        var (one, other) = (Seconds(way, way > 0 ? high : low), Seconds(way, way > 0 ? low : high));
        var at = Seconds(way, slope);
        // Of a stretch nobody may tell what comes after many times its length.
        return at > 20 * span.TotalSeconds && at < Furthest.TotalSeconds ? TimeToValue.Unknown : new(Span(at), Span(one), Span(other), span);
    }

    private static double Seconds(double way, double slope) => slope == 0 || way / slope < 0 ? double.PositiveInfinity : way / slope;

    private static TimeSpan Span(double seconds) => seconds >= Furthest.TotalSeconds ? Furthest : TimeSpan.FromSeconds(seconds);

    // Slopes are a second. A line describes what it leaves little of, at the end too.
    private bool TryFit(int bars, out double slope, out double low, out double high, out double end)
    {
        var parts = Cut(bars);
        (slope, low, high, end) = (0, 0, 0, 0);
        if (parts < LeastBars / 2) return false;
        var pairs = 0;
        for (var i = 1; i < parts; i++)
        {
            for (var j = 0; j < i; j++) _slopes[pairs++] = (_partValues[i] - _partValues[j]) / (_partTimes[i] - _partTimes[j]);
        }

        var sorted = _slopes.AsSpan(0, pairs);
        sorted.Sort();
        slope = sorted[pairs / 2];
        low = slope - (2 * (slope - sorted[pairs / 4]));
        high = slope + (2 * (sorted[pairs * 3 / 4] - slope));
        for (var i = 0; i < parts; i++) _scratch[i] = _partValues[i] - (slope * _partTimes[i]);
        var rest = _scratch.AsSpan(0, parts);
        var last = rest[^1];
        var beforeLast = rest[^2];
        rest.Sort();
        var level = rest[parts / 2];
        for (var i = 0; i < parts; i++) rest[i] = Math.Abs(rest[i] - level);
        rest.Sort();
        var scatter = 1.4826 * rest[parts / 2];
        // Times are counted from the newest bar, so that is where the line stands now.
        end = level;
        var change = Math.Abs(slope) * (_partTimes[parts - 1] - _partTimes[0]);
        var isLine = scatter == 0 || change > 5 * scatter;
        return isLine && Math.Abs(last - level) <= Math.Max(4 * scatter, 0.05 * change) && Math.Abs(beforeLast - level) <= Math.Max(4 * scatter, 0.05 * change);
    }

    // So many bars of the end as at most 32 means, times in seconds before the newest.
    private int Cut(int bars)
    {
        var parts = Math.Min(Parts, bars);
        var newest = _times[(_next + Kept - 1) % Kept];
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = (part * bars / parts, (part + 1) * bars / parts);
            double time = 0, value = 0;
            for (var i = from; i < to; i++)
            {
                var at = (_next + Kept - bars + i) % Kept;
                time += (_times[at] - newest) / (double)TimeSpan.TicksPerSecond;
                value += _values[at];
            }

            (_partTimes[part], _partValues[part]) = (time / (to - from), value / (to - from));
        }

        return parts;
    }
}
