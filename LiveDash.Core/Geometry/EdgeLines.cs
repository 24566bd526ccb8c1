namespace LiveDash.Core.Geometry;

/// <summary>
/// The lines through the sides as a*x + b*y + c about the box's lower left corner, scaled so that the greater of a and b is 1 in size: at any point of the
/// box rounding then amounts to less than <see cref="Doubt"/>, whatever the side's length, and a result beyond that has the right sign. Immutable.
/// </summary>
internal sealed class EdgeLines
{
    /// <summary>How many numbers a side has in <see cref="Sloped"/>.</summary>
    internal const int Stride = 5;

    internal EdgeLines(IReadOnlyList<Edge> edges, double originX, double originY, double size)
    {
        (OriginX, OriginY) = (originX, originY);
        // Some 30 roundings of numbers no larger than the box, twice over; where all is so small that these vanish, everything is in doubt.
        Doubt = (64 * Math.Pow(2, -53) * size) + 1e-290;
        All = new double[edges.Count * 3];
        var sloped = new List<double>();
        for (var i = 0; i < edges.Count; i++)
        {
            var (a, b, c) = Line(edges[i]);
            (All[3 * i], All[(3 * i) + 1], All[(3 * i) + 2]) = (a, b, c);
            // Negative to the left of the side: there a ray to the right meets it.
            if (edges[i].Y1 != edges[i].Y2) sloped.AddRange(a > 0 ? [edges[i].Y1, edges[i].Y2, a, b, c] : [edges[i].Y1, edges[i].Y2, -a, -b, -c]);
        }

        Sloped = [.. sloped];
        Level = [.. edges.Where(static e => e.Y1 == e.Y2)];
    }

    internal double OriginX { get; }

    internal double OriginY { get; }

    /// <summary>A result of this size or less says nothing.</summary>
    internal double Doubt { get; }

    /// <summary>a, b and c of every side.</summary>
    internal double[] All { get; }

    /// <summary>y1, y2, a, b and c of every side that is not level, with a above 0.</summary>
    internal double[] Sloped { get; }

    /// <summary>The level sides.</summary>
    internal Edge[] Level { get; }

    /// <summary>Where a point of the box lies: above 0 on one side of the side's line, below 0 on the other.</summary>
    internal double At(int edge, double x, double y) => (All[3 * edge] * (x - OriginX)) + ((All[(3 * edge) + 1] * (y - OriginY)) + All[(3 * edge) + 2]);

    private (double A, double B, double C) Line(Edge edge)
    {
        double dx = edge.X2 - edge.X1, dy = edge.Y2 - edge.Y1;
        var size = Math.Max(Math.Abs(dx), Math.Abs(dy));
        double a = dy / size, b = -dx / size;
        return (a, b, -((a * (edge.X1 - OriginX)) + (b * (edge.Y1 - OriginY))));
    }
}
