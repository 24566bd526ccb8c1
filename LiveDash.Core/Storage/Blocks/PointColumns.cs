namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A growing list of points in columns, in the order of arrival (so ids ascend). One writer; readers take a <see cref="View"/>, which
/// stays true because points are only added behind it and grown columns are new arrays.
/// </summary>
internal sealed class PointColumns
{
    private long[] _times;
    private long[] _ids;
    private double[] _values;
    private double[]? _x;
    private double[]? _y;
    private ulong[]? _senders;
    private bool _sorted = true;

    public PointColumns(int capacity = 16)
    {
        capacity = Math.Max(capacity, 16);
        _times = new long[capacity];
        _ids = new long[capacity];
        _values = new double[capacity];
    }

    /// <summary>How many points are in it.</summary>
    public int Count { get; private set; }

    /// <summary>What is in it now.</summary>
    public PointView View => new()
    {
        Count = Count, Times = _times, Ids = _ids, Values = _values, X = _x, Y = _y, Senders = _senders, Sorted = _sorted,
    };

    /// <summary>Adds a point; NaN stands for no location, sender 0 for none.</summary>
    public void Add(long ticks, long id, double value, double x, double y, ulong sender)
    {
        var i = Count;
        if (i == _times.Length) Grow();
        _times[i] = ticks;
        _ids[i] = id;
        _values[i] = value;
        if (i > 0 && ticks < _times[i - 1]) _sorted = false;
        if (_x is not null || !double.IsNaN(x))
        {
            if (_x is null)
            {
                _x = Filled(i);
                _y = Filled(i);
            }

            _x[i] = x;
            _y![i] = y;
        }

        if (_senders is not null || sender != 0) (_senders ??= new ulong[_times.Length])[i] = sender;
        Count = i + 1;
    }

    /// <summary>Adds all points of a view.</summary>
    public void Add(PointView view)
    {
        for (var i = 0; i < view.Count; i++)
        {
            Add(view.Times[i], view.Ids[i], view.Values[i], view.X is null ? double.NaN : view.X[i], view.Y is null ? double.NaN : view.Y[i],
                view.Senders is null ? 0 : view.Senders[i]);
        }
    }

    /// <summary>A copy of what stands at and after an index, in new arrays; null when there is nothing.</summary>
    public PointColumns? Rest(int from)
    {
        if (from >= Count) return null;
        var rest = new PointColumns(Count - from);
        for (var i = from; i < Count; i++)
        {
            rest.Add(_times[i], _ids[i], _values[i], _x is null ? double.NaN : _x[i], _y is null ? double.NaN : _y[i], _senders is null ? 0 : _senders[i]);
        }

        return rest;
    }

    private double[] Filled(int upTo)
    {
        var column = new double[_times.Length];
        column.AsSpan(0, upTo).Fill(double.NaN);
        return column;
    }

    private void Grow()
    {
        var capacity = _times.Length * 2;
        Array.Resize(ref _times, capacity);
        Array.Resize(ref _ids, capacity);
        Array.Resize(ref _values, capacity);
        if (_x is not null) Array.Resize(ref _x, capacity);
        if (_y is not null) Array.Resize(ref _y, capacity);
        if (_senders is not null) Array.Resize(ref _senders, capacity);
    }
}
