namespace LiveDash.Core.Engine;

/// <summary>Points of one series as two growing columns. Not thread-safe. Bounded by who fills it.</summary>
internal sealed class PointBuffer
{
    private long[] _times = [];
    private double[] _values = [];

    public int Count { get; private set; }

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public void Add(long ticks, double value)
    {
        if (Count == _times.Length) Reserve(Count + 1);
        _times[Count] = ticks;
        _values[Count++] = value;
    }

    public void AddRange(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        Reserve(Count + times.Length);
        times.CopyTo(_times.AsSpan(Count));
        values.CopyTo(_values.AsSpan(Count));
        Count += times.Length;
    }

    public void Reverse()
    {
        Array.Reverse(_times, 0, Count);
        Array.Reverse(_values, 0, Count);
    }

    /// <summary>Sorts by time; points of the same time keep their order.</summary>
    public void SortByTime()
    {
        var sorted = true;
        for (var i = 1; i < Count && sorted; i++) sorted = _times[i] >= _times[i - 1];
        if (sorted) return;
        var order = Enumerable.Range(0, Count).OrderBy(i => _times[i]).ToArray();
        _times = Array.ConvertAll(order, i => _times[i]);
        _values = Array.ConvertAll(order, i => _values[i]);
    }

    private void Reserve(int count)
    {
        if (count <= _times.Length) return;
        var size = Math.Max(count, Math.Max(_times.Length * 2, 64));
        Array.Resize(ref _times, size);
        Array.Resize(ref _values, size);
    }
}
