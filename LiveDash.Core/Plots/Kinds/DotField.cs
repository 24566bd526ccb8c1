namespace LiveDash.Core.Plots.Kinds;

/// <summary>
/// Dots in a plane: exact as long as they are few, beyond that counted in the cells of a grid, for which they must be seen a second time.
/// Memory is bounded by the grid's cells a series. Not thread-safe.
/// </summary>
internal sealed class DotField(int slots)
{
    private const int MostExact = 20_000;
    private const int Columns = 480;
    private const int Rows = 270;
    private readonly List<(double X, double Y, double Value)>[] _exact = [.. Enumerable.Range(0, slots).Select(static _ => new List<(double, double, double)>())];
    private readonly RunningValue[]?[] _cells = new RunningValue[slots][];
    private long _count;
    private bool _grid;
    private Extent _x;
    private Extent _y;
    private Extent _value;

    /// <summary>The horizontal extent.</summary>
    internal Extent X => _x;

    /// <summary>The vertical extent.</summary>
    internal Extent Y => _y;

    /// <summary>The extent of the values.</summary>
    internal Extent Value => _value;

    /// <summary>True where there are more dots than are kept one by one.</summary>
    internal bool IsGrid => _grid;

    /// <summary>Takes a dot.</summary>
    internal void Add(int slot, double x, double y, double value)
    {
        if (_grid)
        {
            var cells = _cells[slot] ??= new RunningValue[Columns * Rows];
            var column = Cell(x, _x, Columns);
            var row = Cell(y, _y, Rows);
            cells[(row * Columns) + column].Add(value);
            return;
        }

        _x.Add(x);
        _y.Add(y);
        _value.Add(value);
        if (++_count <= MostExact) _exact[slot].Add((x, y, value));
    }

    /// <summary>True where the dots are needed once more, now for the grid.</summary>
    internal bool NextPass()
    {
        if (_grid || _count <= MostExact) return false;
        _grid = true;
        foreach (var list in _exact) list.Clear();
        return true;
    }

    /// <summary>Every dot of a series, or the middle of every cell with how many dots it has and their mean.</summary>
    internal IEnumerable<(double X, double Y, long Count, double Value)> Dots(int slot)
    {
        if (!_grid) return _exact[slot].Select(static d => (d.X, d.Y, 1L, d.Value));
        return Filled(_cells[slot] ?? []);
    }

    private IEnumerable<(double X, double Y, long Count, double Value)> Filled(RunningValue[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Count == 0) continue;
            var x = _x.Low + ((_x.High - _x.Low) * ((i % Columns) + 0.5) / Columns);
            var y = _y.Low + ((_y.High - _y.Low) * ((i / Columns) + 0.5) / Rows);
            yield return (x, y, cells[i].Count, cells[i].Get(PlotAggregate.Mean));
        }
    }

    private static int Cell(double at, Extent extent, int count) =>
        extent.High > extent.Low ? (int)Math.Clamp((at - extent.Low) / (extent.High - extent.Low) * count, 0, count - 1) : 0;
}
