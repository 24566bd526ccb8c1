using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// What <see cref="GridKernel"/> looks up: for each cell whether it lies inside, outside or on the boundary, the sides that come near each cell of the
/// boundary, and those that reach each row. 65,536 cells and half a million entries at most: where sides are so many and long that there would be
/// more, the cells are larger. Immutable.
/// </summary>
internal sealed class GridCells
{
    /// <summary>A cell wholly inside.</summary>
    internal const int Inside = 1;

    /// <summary>A cell with a list is this plus the list's number.</summary>
    internal const int FirstList = 2;

    /// <summary>In the first entry of a list: the cell's middle lies inside.</summary>
    internal const int MiddleInside = 1;

    /// <summary>In the first entry of a list: the middle is too near a side to serve.</summary>
    internal const int MiddleInDoubt = 2;

    /// <summary>In any other entry: the side has no end in the cell.</summary>
    internal const int Through = 1;

    /// <summary>In any other entry: the side's line is negative at the middle.</summary>
    internal const int MiddleBelow = 2;

    /// <summary>Any other entry, shifted by so much, is the side's number.</summary>
    internal const int EdgeShift = 2;

    private const int MostEntries = 1 << 19;

    // The look-up's own rounding may put a point into the next cell: so much of a cell is added on either side.
    private const double Hair = 1e-6;

    private readonly BoundingBox _box;
    private readonly int[] _rows;
    private readonly int[] _rowEnds;
    private readonly int[] _lists;
    private readonly int[] _listEnds;

    internal GridCells(IReadOnlyList<Edge> edges, EdgeLines lines, BoundingBox box)
    {
        _box = box;
        Side = SideFor(edges, box);
        PerX = Side / (box.MaxX - box.MinX);
        PerY = Side / (box.MaxY - box.MinY);
        Cells = new int[Side * Side];
        (_rows, _rowEnds) = RowsOf(edges);
        var near = new List<(int Cell, int Edge)>();
        for (var row = 0; row < Side; row++)
        {
            foreach (var edge in Row(row)) Touch(edges[edge], edge, row, near);
        }

        (_lists, _listEnds) = ListsOf(edges, lines, near);
        Classify(edges, lines);
    }

    /// <summary>How many cells there are in a row, and rows.</summary>
    internal int Side { get; }

    /// <summary>Columns a unit of x.</summary>
    internal double PerX { get; }

    /// <summary>Rows a unit of y.</summary>
    internal double PerY { get; }

    /// <summary>Every cell, row by row: 0 outside, <see cref="Inside"/>, or a list.</summary>
    internal int[] Cells { get; }

    /// <summary>The numbers of the sides that reach a row.</summary>
    internal ReadOnlySpan<int> Row(int row) => _rows.AsSpan((row == 0 ? 0 : _rowEnds[row - 1])..(_rowEnds[row]));

    /// <summary>What is said about the middle, then a boundary cell's sides.</summary>
    internal ReadOnlySpan<int> Entries(int list) => _lists.AsSpan((list == 0 ? 0 : _listEnds[list - 1])..(_listEnds[list]));

    /// <summary>The middle of a column.</summary>
    internal double MiddleX(int column) => _box.MinX + ((column + 0.5) / PerX);

    /// <summary>The middle of a row.</summary>
    internal double MiddleY(int row) => _box.MinY + ((row + 0.5) / PerY);

    private static int SideFor(IReadOnlyList<Edge> edges, BoundingBox box)
    {
        double width = box.MaxX - box.MinX, height = box.MaxY - box.MinY;
        double spans = 0;
        foreach (var edge in edges) spans += ((edge.MaxX - edge.MinX) / width) + ((edge.MaxY - edge.MinY) / height);
        var side = edges.Count > 200 ? 256 : 128;
        while (side > 32 && (spans * side) + (2 * edges.Count) > MostEntries) side /= 2;
        return side;
    }

    private int RowAt(double y, double hair) => Math.Clamp((int)Math.Floor(((y - _box.MinY) * PerY) + hair), 0, Side - 1);

    private int ColumnAt(double x, double hair) => Math.Clamp((int)Math.Floor(((x - _box.MinX) * PerX) + hair), 0, Side - 1);

    private (int[] Rows, int[] Ends) RowsOf(IReadOnlyList<Edge> edges)
    {
        var ends = new int[Side + 1];
        foreach (var edge in edges)
        {
            for (int row = RowAt(edge.MinY, -Hair), last = RowAt(edge.MaxY, Hair); row <= last; row++) ends[row + 1]++;
        }

        for (var row = 0; row < Side; row++) ends[row + 1] += ends[row];
        var rows = new int[ends[Side]];
        for (var edge = 0; edge < edges.Count; edge++)
        {
            for (int row = RowAt(edges[edge].MinY, -Hair), last = RowAt(edges[edge].MaxY, Hair); row <= last; row++) rows[ends[row]++] = edge;
        }

        // Each beginning has been moved to its row's end.
        return (rows, ends);
    }

    // The cells of a row that a side comes near.
    private void Touch(Edge edge, int number, int row, List<(int Cell, int Edge)> near)
    {
        double low = _box.MinY + ((row - Hair) / PerY), high = _box.MinY + ((row + 1 + Hair) / PerY);
        double a = edge.X1, b = edge.X2;
        if (edge.Y1 != edge.Y2) (a, b) = (At(edge, Math.Clamp(low, edge.MinY, edge.MaxY)), At(edge, Math.Clamp(high, edge.MinY, edge.MaxY)));
        var last = ColumnAt(Math.Max(a, b), Hair);
        for (var column = ColumnAt(Math.Min(a, b), -Hair); column <= last; column++) near.Add(((row * Side) + column, number));
    }

    private static double At(Edge edge, double y) =>
        Math.Clamp(edge.X1 + ((edge.X2 - edge.X1) * ((y - edge.Y1) / (edge.Y2 - edge.Y1))), edge.MinX, edge.MaxX);

    private (int[] Lists, int[] Ends) ListsOf(IReadOnlyList<Edge> edges, EdgeLines lines, List<(int Cell, int Edge)> near)
    {
        var lengths = new int[Cells.Length];
        foreach (var (cell, _) in near) lengths[cell]++;
        var ends = new List<int>();
        var end = 0;
        for (var cell = 0; cell < lengths.Length; cell++)
        {
            if (lengths[cell] == 0) continue;
            Cells[cell] = FirstList + ends.Count;
            // One more for what is said about the middle.
            ends.Add(end + 1);
            end += lengths[cell] + 1;
        }

        var lists = new int[end];
        var places = ends.ToArray();
        foreach (var (cell, edge) in near)
        {
            var list = Cells[cell] - FirstList;
            var (column, row) = (cell % Side, cell / Side);
            var place = lines.At(edge, MiddleX(column), MiddleY(row));
            var first = ends[list] - 1;
            if (Math.Abs(place) <= lines.Doubt) lists[first] |= MiddleInDoubt;
            lists[places[list]++] = (edge << EdgeShift) | (place < 0 ? MiddleBelow : 0) | (HasEndIn(edges[edge], column, row) ? 0 : Through);
        }

        return (lists, places);
    }

    private bool HasEndIn(Edge edge, int column, int row) => IsIn(edge.X1, edge.Y1, column, row) || IsIn(edge.X2, edge.Y2, column, row);

    private bool IsIn(double x, double y, int column, int row)
    {
        double across = (x - _box.MinX) * PerX, up = (y - _box.MinY) * PerY;
        return across >= column - (2 * Hair) && across <= column + 1 + (2 * Hair) && up >= row - (2 * Hair) && up <= row + 1 + (2 * Hair);
    }

    // Row by row, the sides that the height of the middles meets, sorted by where: an odd number of them to the left of a middle means inside.
    private void Classify(IReadOnlyList<Edge> edges, EdgeLines lines)
    {
        var meetings = new double[edges.Count];
        for (var row = 0; row < Side; row++)
        {
            var y = MiddleY(row);
            var count = 0;
            foreach (var number in Row(row))
            {
                var edge = edges[number];
                if (edge.Y1 > y != edge.Y2 > y) meetings[count++] = At(edge, y);
            }

            var sorted = meetings.AsSpan(0, count);
            sorted.Sort();
            for (int column = 0, left = 0; column < Side; column++)
            {
                var x = MiddleX(column);
                while (left < count && sorted[left] <= x) left++;
                ref var cell = ref Cells[(row * Side) + column];
                var inside = (left & 1) != 0;
                if (cell < FirstList)
                {
                    cell = inside ? Inside : 0;
                    continue;
                }

                // A meeting this near may have been rounded to the other side of the middle.
                var near = (left > 0 && x - sorted[left - 1] <= lines.Doubt) || (left < count && sorted[left] - x <= lines.Doubt);
                var first = cell == FirstList ? 0 : _listEnds[cell - FirstList - 1];
                _lists[first] |= (inside ? MiddleInside : 0) | (near ? MiddleInDoubt : 0);
            }
        }
    }
}
