using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// A grid over the shape's box. A cell that no side comes near lies wholly inside or outside, which one look-up tells; in the others a point is tested
/// exactly against the sides that reach its row. Immutable, 65,536 cells at most.
/// </summary>
internal sealed class GridKernel
{
    private const byte Outside = 0;
    private const byte Inside = 1;
    private const byte Boundary = 2;
    private readonly BoundingBox _box;
    private readonly int _side;
    private readonly double _perX;
    private readonly double _perY;
    private readonly byte[] _cells;
    private readonly EdgeTable[] _rows;

    internal GridKernel(IReadOnlyList<Edge> edges, BoundingBox box)
    {
        _box = box;
        _side = edges.Count > 200 ? 256 : 128;
        _perX = _side / (box.MaxX - box.MinX);
        _perY = _side / (box.MaxY - box.MinY);
        _cells = new byte[_side * _side];
        var byRow = new List<Edge>[_side];
        for (var row = 0; row < _side; row++) byRow[row] = [];
        foreach (var edge in edges)
        {
            var last = Row(edge.MaxY, 1);
            for (var row = Row(edge.MinY, -1); row <= last; row++)
            {
                byRow[row].Add(edge);
                Mark(edge, row);
            }
        }

        _rows = [.. byRow.Select(static row => new EdgeTable(row))];
        Fill();
    }

    /// <summary>Tests points within the shape's box.</summary>
    internal bool Contains(double x, double y)
    {
        var row = Math.Min((int)((y - _box.MinY) * _perY), _side - 1);
        var cell = _cells[(row * _side) + Math.Min((int)((x - _box.MinX) * _perX), _side - 1)];
        return cell == Boundary ? _rows[row].Contains(x, y) : cell == Inside;
    }

    // A hair is added on either side, because the look-up's own rounding may put a point into the next cell.
    private int Row(double y, int hair) => Math.Clamp((int)Math.Floor(((y - _box.MinY) * _perY) + (hair * 1e-6)), 0, _side - 1);

    private int Column(double x, int hair) => Math.Clamp((int)Math.Floor(((x - _box.MinX) * _perX) + (hair * 1e-6)), 0, _side - 1);

    private void Mark(Edge edge, int row)
    {
        double low = _box.MinY + ((row - 1e-6) / _perY), high = _box.MinY + ((row + 1 + 1e-6) / _perY);
        double a = At(edge, Math.Clamp(low, edge.MinY, edge.MaxY)), b = At(edge, Math.Clamp(high, edge.MinY, edge.MaxY));
        if (edge.Y1 == edge.Y2) (a, b) = (edge.X1, edge.X2);
        var last = Column(Math.Max(a, b), 1);
        for (var column = Column(Math.Min(a, b), -1); column <= last; column++) _cells[(row * _side) + column] = Boundary;
    }

    private static double At(Edge edge, double y)
    {
        if (edge.Y1 == edge.Y2) return edge.X1;
        return Math.Clamp(edge.X1 + ((edge.X2 - edge.X1) * ((y - edge.Y1) / (edge.Y2 - edge.Y1))), edge.MinX, edge.MaxX);
    }

    // Cells side by side without a boundary cell between them lie on the same side of it, so one test serves a run.
    private void Fill()
    {
        for (var row = 0; row < _side; row++)
        {
            var known = false;
            byte state = Outside;
            for (var column = 0; column < _side; column++)
            {
                ref var cell = ref _cells[(row * _side) + column];
                if (cell == Boundary)
                {
                    known = false;
                    continue;
                }

                if (!known) state = _rows[row].Contains(_box.MinX + ((column + 0.5) / _perX), _box.MinY + ((row + 0.5) / _perY)) ? Inside : Outside;
                known = true;
                cell = state;
            }
        }
    }
}
