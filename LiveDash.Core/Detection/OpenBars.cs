namespace LiveDash.Core.Detection;

/// <summary>The bars that wait for late points, by time. At most <see cref="Most"/>: then the oldest must be judged. Not thread-safe.</summary>
internal sealed class OpenBars
{
    /// <summary>The most that wait.</summary>
    public const int Most = 64;

    private OpenBar[] _bars = new OpenBar[2];
    private int _count;

    /// <summary>How many wait.</summary>
    public int Count => _count;

    /// <summary>The oldest.</summary>
    public ref readonly OpenBar First => ref _bars[0];

    /// <summary>Takes a point.</summary>
    /// <param name="ticks">Its time.</param>
    /// <param name="value">Its value.</param>
    /// <param name="length">How long bars are, in ticks; 0 where each point is one.</param>
    public void Add(long ticks, double value, long length)
    {
        var began = length > 0 ? ticks - (ticks % length) : ticks;
        var at = _count;
        while (at > 0 && _bars[at - 1].Began > began) at--;
        if (length > 0 && at > 0 && _bars[at - 1].Began == began) _bars[at - 1].Add(ticks, value);
        else Insert(at, OpenBar.Of(began, ticks, value));
    }

    /// <summary>Takes the oldest out.</summary>
    public OpenBar Take()
    {
        var first = _bars[0];
        _count--;
        Array.Copy(_bars, 1, _bars, 0, _count);
        return first;
    }

    /// <summary>Points that waited one by one become bars.</summary>
    public void Join(long length)
    {
        var points = _bars.AsSpan(0, _count).ToArray();
        _count = 0;
        foreach (var point in points)
        {
            var began = point.Began - (point.Began % length);
            if (_count > 0 && _bars[_count - 1].Began == began) _bars[_count - 1].Add(point);
            else _bars[_count++] = OpenBar.Of(began, point.LastTicks, point.Last);
        }
    }

    private void Insert(int at, OpenBar bar)
    {
        if (_count == _bars.Length) Array.Resize(ref _bars, _count * 2);
        Array.Copy(_bars, at, _bars, at + 1, _count - at);
        _bars[at] = bar;
        _count++;
    }
}
