using System.Runtime.CompilerServices;

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
    private SummaryColumns? _summaries;
    // Columns that were in use before it was emptied, for the next points that need them.
    private double[]? _spareX;
    private double[]? _spareY;
    private ulong[]? _spareSenders;
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

    /// <summary>For how many points it has room without growing.</summary>
    public int Capacity => _times.Length;

    /// <summary>See <see cref="StoreIndex.HeadCost"/>.</summary>
    public long Cost => _senders is null ? Count : Count * 5L;

    /// <summary>What is in it now.</summary>
    public PointView View => new()
    {
        Count = Count, Times = _times, Ids = _ids, Values = _values, X = _x, Y = _y, Senders = _senders, Summaries = _summaries, Sorted = _sorted,
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
            UseLocations(i);
            _x![i] = x;
            _y![i] = y;
        }

        if (_senders is not null || sender != 0) UseSenders(i)[i] = sender;
        _summaries?.Set(i, value, value, value, 1);
        Count = i + 1;
    }

    /// <summary>Says of the row that was added last that it stands for several points.</summary>
    public void Summarize(double min, double max, double sum, double count)
    {
        UseSummaries(Count).Set(Count - 1, min, max, sum, count);
    }

    /// <summary>Adds all points of a view.</summary>
    public void Add(PointView view)
    {
        if (view.Count == 0) return;
        var at = Reserve(view.Count);
        view.Times.AsSpan(0, view.Count).CopyTo(_times.AsSpan(at));
        view.Ids.AsSpan(0, view.Count).CopyTo(_ids.AsSpan(at));
        view.Values.AsSpan(0, view.Count).CopyTo(_values.AsSpan(at));
        if (view.X is not null) UseLocations(at);
        if (_x is not null)
        {
            Fill(view.X, 0, view.Count, _x.AsSpan(at, view.Count));
            Fill(view.Y, 0, view.Count, _y.AsSpan(at, view.Count));
        }

        if (view.Senders is not null) view.Senders.AsSpan(0, view.Count).CopyTo(UseSenders(at).AsSpan(at));
        else _senders?.AsSpan(at, view.Count).Clear();
        if (view.Summaries is not null) UseSummaries(at).Take(view.Summaries, 0, at, view.Count);
        else _summaries?.Fill(_values.AsSpan(at, view.Count), at);
        Added(at, view.Count, view.Sorted);
    }

    /// <summary>Adds points of a commit: one series' own, by their places in the group, in the order of arrival.</summary>
    /// <param name="group">The commit's points.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="firstId">The id of the group's first point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(PointGroup group, ReadOnlySpan<int> places, long firstId)
    {
        var at = Reserve(places.Length);
        var times = _times.AsSpan(at, places.Length);
        var ids = _ids.AsSpan(at, places.Length);
        var values = _values.AsSpan(at, places.Length);
        var (fromTimes, fromValues) = (group.Times, group.Values);
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            times[i] = fromTimes[place];
            values[i] = fromValues[place];
            ids[i] = firstId + place;
        }

        if (group.X is not null) UseLocations(at);
        for (var i = 0; _x is not null && i < places.Length; i++)
        {
            _x[at + i] = group.X is null ? double.NaN : group.X[places[i]];
            _y![at + i] = group.Y is null ? double.NaN : group.Y[places[i]];
        }

        if (group.Senders is not null) UseSenders(at);
        for (var i = 0; _senders is not null && i < places.Length; i++) _senders[at + i] = group.Senders is null ? 0 : group.Senders[places[i]];
        Added(at, places.Length, sorted: false);
    }

    /// <summary>Adds places for points that the caller fills at once: of one group of a block, which is ordered.</summary>
    public PointView Take(int count, bool located, bool sent, bool summed)
    {
        var at = Reserve(count);
        if (located) UseLocations(at);
        else _x?.AsSpan(at, count).Fill(double.NaN);
        if (!located) _y?.AsSpan(at, count).Fill(double.NaN);
        if (sent) UseSenders(at);
        else _senders?.AsSpan(at, count).Clear();
        if (summed) UseSummaries(at);
        Count = at + count;
        return View;
    }

    /// <summary>Looks whether what stands at and after an index is in order.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="summed">Whether summaries were filled in, too; without them each row stands for itself.</param>
    public void Filled(int from, bool summed)
    {
        if (!summed) _summaries?.Fill(_values.AsSpan(from, Count - from), from);
        Added(from, Count - from, sorted: false);
    }

    /// <summary>
    /// Orders the points by (time, id), in their place: by insertion, since what several senders bring in turn is nearly in order. What is far from it is sorted as a whole.
    /// </summary>
    public void Sort()
    {
        var left = Count * 16L;
        for (var i = 1; !_sorted && i < Count; i++)
        {
            var (time, id, at) = (_times[i], _ids[i], i);
            while (at > 0 && (_times[at - 1] > time || (_times[at - 1] == time && _ids[at - 1] > id))) at--;
            if (at == i) continue;
            if ((left -= i - at) < 0 || _summaries is not null)
            {
                SortWhole();
                return;
            }

            Move(_times, i, at);
            Move(_ids, i, at);
            Move(_values, i, at);
            if (_x is not null) Move(_x, i, at);
            if (_y is not null) Move(_y, i, at);
            if (_senders is not null) Move(_senders, i, at);
        }

        _sorted = true;
    }

    /// <summary>Empties it; the arrays stay, so nobody may hold a view any more.</summary>
    public void Clear()
    {
        (Count, _sorted) = (0, true);
        (_spareX, _spareY, _spareSenders) = (_x ?? _spareX, _y ?? _spareY, _senders ?? _spareSenders);
        (_x, _y, _senders, _summaries) = (null, null, null, null);
    }

    /// <summary>A copy of what stands at and after an index, in columns of its own; null when there is nothing.</summary>
    /// <param name="from">The index.</param>
    /// <param name="pool">Gives the columns.</param>
    /// <param name="expected">For how many points they are to have room at least.</param>
    public PointColumns? Rest(int from, ColumnPool pool, int expected)
    {
        if (from >= Count) return null;
        var count = Count - from;
        var rest = pool.Rent(Math.Max(count, expected));
        _times.AsSpan(from, count).CopyTo(rest._times);
        _ids.AsSpan(from, count).CopyTo(rest._ids);
        _values.AsSpan(from, count).CopyTo(rest._values);
        if (_x is not null && _x.AsSpan(from, count).ContainsAnyExcept(double.NaN))
        {
            rest.UseLocations(0);
            _x.AsSpan(from, count).CopyTo(rest._x);
            _y.AsSpan(from, count).CopyTo(rest._y);
        }

        if (_senders is not null && _senders.AsSpan(from, count).ContainsAnyExcept(0UL)) _senders.AsSpan(from, count).CopyTo(rest._senders = new ulong[rest._times.Length]);
        rest.Added(0, count, _sorted);
        return rest;
    }

    // Takes an element to a place before it, and those between one further.
    private static void Move<T>(T[] column, int from, int to)
    {
        var element = column[from];
        Array.Copy(column, to, column, to + 1, from - to);
        column[to] = element;
    }

    private void SortWhole()
    {
        var sorted = View.ToSorted();
        sorted.Times.AsSpan(0, Count).CopyTo(_times);
        sorted.Ids.AsSpan(0, Count).CopyTo(_ids);
        sorted.Values.AsSpan(0, Count).CopyTo(_values);
        if (_x is not null) sorted.X.AsSpan(0, Count).CopyTo(_x);
        if (_y is not null) sorted.Y.AsSpan(0, Count).CopyTo(_y);
        if (_senders is not null) sorted.Senders.AsSpan(0, Count).CopyTo(_senders);
        _summaries?.Take(sorted.Summaries!, 0, 0, Count);
        _sorted = true;
    }

    private static void Fill(double[]? from, int start, int count, Span<double> to)
    {
        if (from is null) to.Fill(double.NaN);
        else from.AsSpan(start, count).CopyTo(to);
    }

    // Room for so many more at the end; says where that is.
    private int Reserve(int count)
    {
        while (Count + count > _times.Length) Grow();
        return Count;
    }

    private void UseLocations(int upTo)
    {
        if (_x is not null) return;
        _x = Filled(_spareX, upTo, _times.Length);
        _y = Filled(_spareY, upTo, _times.Length);
        _spareX = _spareY = null;
    }

    private ulong[] UseSenders(int upTo)
    {
        if (_senders is not null) return _senders;
        _senders = _spareSenders?.Length == _times.Length ? _spareSenders : new ulong[_times.Length];
        _senders.AsSpan(0, upTo).Clear();
        _spareSenders = null;
        return _senders;
    }

    private void Added(int at, int count, bool sorted)
    {
        Count = at + count;
        if (!_sorted) return;
        var times = _times.AsSpan(0, Count);
        if (at > 0 && count > 0 && times[at] < times[at - 1]) _sorted = false;
        for (var i = at + 1; !sorted && _sorted && i < times.Length; i++) _sorted = times[i] >= times[i - 1];
    }

    private SummaryColumns UseSummaries(int upTo)
    {
        if (_summaries is not null) return _summaries;
        _summaries = new SummaryColumns(_times.Length);
        _summaries.Fill(_values.AsSpan(0, upTo), 0);
        return _summaries;
    }

    private static double[] Filled(double[]? spare, int upTo, int length)
    {
        var column = spare?.Length == length ? spare : new double[length];
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
        _summaries?.Resize(capacity);
    }
}
