namespace LiveDash.Core.Detection;

/// <summary>The mean of the points of one stretch of event time after the other. Not thread-safe.</summary>
internal struct BarBuilder
{
    private long _began;
    private double _sum;
    private int _count;

    /// <summary>The length of a bar in ticks; 0 while each point is one.</summary>
    public long Length { get; private set; }

    /// <summary>From now on points are put together.</summary>
    public void Begin(long length) => Length = length;

    /// <summary>True when the bar that is open ends before this time; it is given and closed.</summary>
    public bool TryClose(long ticks, out long began, out double mean)
    {
        began = _began;
        mean = _count > 0 ? _sum / _count : 0;
        if (_count == 0 || ticks < _began + Length) return false;
        _count = 0;
        _sum = 0;
        return true;
    }

    /// <summary>Takes a point that no closed bar covers.</summary>
    public void Add(long ticks, double value)
    {
        if (_count == 0) _began = ticks - (ticks % Length);
        _sum += value;
        _count++;
    }
}
