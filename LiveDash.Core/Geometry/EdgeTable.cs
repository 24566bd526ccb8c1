namespace LiveDash.Core.Geometry;

/// <summary>
/// The sides of all rings as parallel columns, level ones apart. A point's place follows from them by crossing numbers: a ray to the right crosses the
/// boundary an odd number of times from inside. Immutable.
/// </summary>
internal sealed class EdgeTable
{
    internal EdgeTable(IEnumerable<Edge> edges)
    {
        var all = edges.ToList();
        var sloped = all.Where(static e => e.Y1 != e.Y2).ToList();
        X1 = [.. sloped.Select(static e => e.X1)];
        Y1 = [.. sloped.Select(static e => e.Y1)];
        X2 = [.. sloped.Select(static e => e.X2)];
        Y2 = [.. sloped.Select(static e => e.Y2)];
        Level = [.. all.Where(static e => e.Y1 == e.Y2)];
    }

    /// <summary>Both ends of each side that is not level.</summary>
    internal double[] X1 { get; }

    internal double[] Y1 { get; }

    internal double[] X2 { get; }

    internal double[] Y2 { get; }

    /// <summary>The level sides; they cross no ray, but points can lie on them.</summary>
    internal Edge[] Level { get; }

    /// <summary>True inside or on the boundary. Exact; the plain loop that every faster path agrees with.</summary>
    internal bool Contains(double px, double py)
    {
        var inside = false;
        for (var i = 0; i < X1.Length; i++)
        {
            double y1 = Y1[i], y2 = Y2[i];
            if (py > y1 == py > y2 && py != y1 && py != y2) continue;
            double x1 = X1[i], x2 = X2[i];
            if (px > x1 && px > x2) continue;
            var straddles = y1 > py != y2 > py;
            if (px < x1 && px < x2)
            {
                inside ^= straddles;
                continue;
            }

            var side = Orientation.Sign(x1, y1, x2, y2, px, py);
            // Within the side's box in both directions, so zero means on it.
            if (side == 0) return true;
            if (straddles && side > 0 == y2 > y1) inside = !inside;
        }

        return inside || IsOnLevel(px, py);
    }

    /// <summary>True on a level side.</summary>
    internal bool IsOnLevel(double px, double py)
    {
        foreach (var edge in Level)
        {
            if (py == edge.Y1 && px >= edge.MinX && px <= edge.MaxX) return true;
        }

        return false;
    }
}
