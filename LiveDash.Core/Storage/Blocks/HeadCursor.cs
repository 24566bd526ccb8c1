namespace LiveDash.Core.Storage.Blocks;

/// <summary>A series' points in memory, as they were when the scan began.</summary>
internal sealed class HeadCursor : ScanCursor
{
    private readonly PointView _view;
    private readonly bool _descending;
    private readonly bool _withSenders;
    private int _from;
    private int _to;

    /// <param name="series">Whose points.</param>
    /// <param name="view">Where they are.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="capacity">How many are copied at a time.</param>
    public HeadCursor(int series, PointView view, ScanFilter filter, int capacity)
        : base(series, filter, Math.Min(capacity, view.Count))
    {
        _view = view.ToSorted();
        _descending = filter.Descending;
        _withSenders = filter.WithSenders && view.Senders is not null;
        _from = At(filter.From);
        _to = At(filter.To);
    }

    /// <inheritdoc/>
    protected override int Fill()
    {
        var count = Math.Min(Capacity, _to - _from);
        if (count <= 0) return 0;
        var start = _descending ? _to - count : _from;
        if (_descending) _to = start;
        else _from = start + count;
        Array.Copy(_view.Times, start, Times, 0, count);
        Array.Copy(_view.Ids, start, Ids, 0, count);
        Array.Copy(_view.Values, start, Values, 0, count);
        if (_withSenders)
        {
            UseSenders();
            Array.Copy(_view.Senders!, start, Senders!, 0, count);
        }

        if (_view.X is not null)
        {
            UseLocations();
            Array.Copy(_view.X, start, X!, 0, count);
            Array.Copy(_view.Y!, start, Y!, 0, count);
        }

        return count;
    }

    private int At(long ticks)
    {
        int low = 0, high = _view.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_view.Times[middle] < ticks) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
