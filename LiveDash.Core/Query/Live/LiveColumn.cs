using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Live;

/// <summary>The newest points of a series, in the order of their times and of their arrival, as columns without gaps: windows over them need no copy. Bounded by who keeps it. Used by one thread.</summary>
internal sealed class LiveColumn(LabelSet labels)
{
    private long[] _times = new long[16];
    private double[] _values = new double[16];
    private int _head;
    private int _end;
    private long _dropped;
    private long _version = 1;

    /// <summary>The series' labels.</summary>
    public LabelSet Labels => labels;

    /// <summary>How many points it holds.</summary>
    public int Count => _end - _head;

    /// <summary>Adds a point; of points with one time the one that arrived last comes last.</summary>
    public void Add(long time, double value)
    {
        if (_end == _times.Length) MakeRoom();
        var place = _end == _head || _times[_end - 1] <= time ? _end : After(time);
        if (place < _end)
        {
            Array.Copy(_times, place, _times, place + 1, _end - place);
            Array.Copy(_values, place, _values, place + 1, _end - place);
            _version++;
        }

        (_times[place], _values[place]) = (time, value);
        _end++;
    }

    /// <summary>Forgets the points up to a time; how many they were.</summary>
    public int Drop(long upTo)
    {
        if (_head == _end || _times[_head] > upTo) return 0;
        return DropTo(After(upTo));
    }

    /// <summary>Forgets what stands before the newest point of a time or earlier; how many they were.</summary>
    public int DropBeforeNewest(long at) => DropTo(After(at) - 1);

    private int DropTo(int place)
    {
        var dropped = place - _head;
        if (dropped <= 0) return 0;
        _head += dropped;
        _dropped += dropped;
        return dropped;
    }

    /// <summary>The newest point of a window <c>(from, to]</c>, if it holds one.</summary>
    public bool TryNewest(long from, long to, out long time, out double value)
    {
        var place = After(to) - 1;
        var found = place >= _head && _times[place] > from;
        (time, value) = found ? (_times[place], _values[place]) : default;
        return found;
    }

    /// <summary>The points of a window <c>(from, to]</c>; null where it holds none. Valid until a point is added.</summary>
    public RangeSeries? Window(long from, long to)
    {
        var first = After(from);
        var next = After(to);
        if (first >= next) return null;
        var offset = _dropped - _head;
        return new RangeSeries(labels, _times.AsMemory(first, next - first), _values.AsMemory(first, next - first), new WindowStamp(_version, offset + first, offset + next));
    }

    private int After(long time)
    {
        if (_head == _end || _times[_end - 1] <= time) return _end;
        int low = _head, high = _end - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_times[middle] <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    // Moves what is left to the front where at least half was dropped, and grows otherwise: a point is moved once on average.
    private void MakeRoom()
    {
        var (times, values) = Count <= _times.Length / 2 ? (_times, _values) : (new long[_times.Length * 2], new double[_times.Length * 2]);
        Array.Copy(_times, _head, times, 0, Count);
        Array.Copy(_values, _head, values, 0, Count);
        (_times, _values, _end, _head) = (times, values, Count, 0);
    }
}
