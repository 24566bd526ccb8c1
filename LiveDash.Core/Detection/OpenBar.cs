namespace LiveDash.Core.Detection;

/// <summary>
/// The points of one stretch of event time that are not judged yet. The same points in any order of arrival give the same bar: the sum is carried in twice the
/// precision (Knuth's two-sum), so that its rounding does not tell who came first.
/// </summary>
internal struct OpenBar
{
    private double _sum;
    private double _carry;

    /// <summary>When it begins, in UTC ticks; the time of the point where each point is a bar.</summary>
    public long Began { get; private set; }

    /// <summary>How many points it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The least value.</summary>
    public double Low { get; private set; }

    /// <summary>The greatest value.</summary>
    public double High { get; private set; }

    /// <summary>The time of its newest point, in UTC ticks.</summary>
    public long LastTicks { get; private set; }

    /// <summary>The value of its newest point.</summary>
    public double Last { get; private set; }

    /// <summary>The mean of its points.</summary>
    public readonly double Mean => (_sum + _carry) / Count;

    /// <summary>A bar of one point.</summary>
    public static OpenBar Of(long began, long ticks, double value) =>
        new() { Began = began, Count = 1, Low = value, High = value, LastTicks = ticks, Last = value, _sum = value };

    /// <summary>Takes a point.</summary>
    public void Add(long ticks, double value)
    {
        var sum = _sum + value;
        var part = sum - _sum;
        _carry += (_sum - (sum - part)) + (value - part);
        _sum = sum;
        Count++;
        Low = Math.Min(Low, value);
        High = Math.Max(High, value);
        if (ticks < LastTicks) return;
        (LastTicks, Last) = (ticks, value);
    }

    /// <summary>Takes all points of a bar that is not older.</summary>
    public void Add(in OpenBar newer)
    {
        var (low, high, count) = (Math.Min(Low, newer.Low), Math.Max(High, newer.High), Count + newer.Count);
        Add(newer.LastTicks, newer._sum);
        _carry += newer._carry;
        (Low, High, Count, Last) = (low, high, count, newer.Last);
    }
}
