using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// A grid over the shape's box. A cell that no side comes near lies wholly inside or outside, which one look-up tells. Every other cell knows its own sides
/// and whether its middle lies inside: a point lies on the same side of the boundary as the middle unless the way there, which never leaves the cell,
/// crosses it an odd number of times. Where rounding could decide, the exact test of the sides that reach the point's row does. Immutable.
/// </summary>
internal sealed class GridKernel
{
    private readonly BoundingBox _box;
    private readonly EdgeTable _table;
    private readonly EdgeLines _lines;
    private readonly IReadOnlyList<Edge> _edges;
    private readonly GridCells _cells;

    internal GridKernel(IReadOnlyList<Edge> edges, EdgeTable table, EdgeLines lines, BoundingBox box)
    {
        (_edges, _table, _lines, _box) = (edges, table, lines, box);
        _cells = new GridCells(edges, lines, box);
    }

    /// <summary>Tests points.</summary>
    internal void Run(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside)
    {
        var (minX, minY, maxX, maxY) = _box;
        var (perX, perY, across, up) = (_cells.PerX, _cells.PerY, _cells.Side - 1, _cells.Side - 1);
        var cells = _cells.Cells.AsSpan();
        for (var i = 0; i < x.Length; i++)
        {
            double px = x[i], py = y[i];
            if (!(px >= minX && px <= maxX && py >= minY && py <= maxY))
            {
                inside[i] = false;
                continue;
            }

            // Within the box nothing is out of an int's range.
            var column = Math.Min(double.ConvertToIntegerNative<int>((px - minX) * perX), across);
            var row = Math.Min(double.ConvertToIntegerNative<int>((py - minY) * perY), up);
            var cell = cells[(row * (across + 1)) + column];
            inside[i] = cell < GridCells.FirstList ? cell == GridCells.Inside : InBoundaryCell(cell - GridCells.FirstList, column, row, px, py);
        }
    }

    private bool InBoundaryCell(int list, int column, int row, double px, double py)
    {
        var entries = _cells.Entries(list);
        var inside = (entries[0] & GridCells.MiddleInside) != 0;
        if ((entries[0] & GridCells.MiddleInDoubt) != 0) return _table.Contains(px, py, _cells.Row(row));
        foreach (var entry in entries[1..])
        {
            var edge = entry >> GridCells.EdgeShift;
            var place = _lines.At(edge, px, py);
            if (Math.Abs(place) <= _lines.Doubt) return _table.Contains(px, py, _cells.Row(row));
            if (place < 0 == ((entry & GridCells.MiddleBelow) != 0)) continue;
            // The line parts the point from the middle; so does the side, if it runs through the whole cell or past both.
            if ((entry & GridCells.Through) == 0)
            {
                var between = Between(_edges[edge], px, py, _cells.MiddleX(column), _cells.MiddleY(row));
                if (between == 0) return _table.Contains(px, py, _cells.Row(row));
                if (between < 0) continue;
            }

            inside = !inside;
        }

        return inside;
    }

    // 1 when the ends of the side lie on both sides of the line through the two points, -1 when on one, 0 when rounding could decide.
    private static int Between(Edge edge, double px, double py, double mx, double my)
    {
        double dx = mx - px, dy = my - py;
        double left1 = dx * (edge.Y1 - py), right1 = dy * (edge.X1 - px), left2 = dx * (edge.Y2 - py), right2 = dy * (edge.X2 - px);
        double one = left1 - right1, two = left2 - right2;
        if (Math.Abs(one) <= Orientation.ErrorBound * (Math.Abs(left1) + Math.Abs(right1))) return 0;
        if (Math.Abs(two) <= Orientation.ErrorBound * (Math.Abs(left2) + Math.Abs(right2))) return 0;
        return one > 0 == two > 0 ? -1 : 1;
    }
}
