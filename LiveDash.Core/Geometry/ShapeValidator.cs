using System.Globalization;

namespace LiveDash.Core.Geometry;

/// <summary>Refuses shapes whose inside is in doubt, and names the place. Pure.</summary>
internal static class ShapeValidator
{
    private readonly record struct Side(Edge Edge, int Polygon, int Ring, int Corner, int Corners);

    /// <summary>Checks that no two sides cross or run along each other within a ring, that holes lie in their shells, and that polygons do not overlap.</summary>
    /// <exception cref="GeometryException">One of these is not so.</exception>
    internal static void Check(IReadOnlyList<Polygon> polygons)
    {
        var sides = new List<Side>();
        for (var p = 0; p < polygons.Count; p++)
        {
            var rings = polygons[p].Rings.ToList();
            for (var r = 0; r < rings.Count; r++)
            {
                var corner = 0;
                foreach (var edge in Shape.EdgesOf(rings[r])) sides.Add(new(edge, p, r, corner++, rings[r].Count));
            }
        }

        CheckCrossings(sides);
        for (var p = 0; p < polygons.Count; p++) CheckPlaces(polygons, p);
    }

    // Sorted by their left ends, each side meets only those that begin before it ends.
    private static void CheckCrossings(List<Side> sides)
    {
        sides.Sort(static (a, b) => a.Edge.MinX.CompareTo(b.Edge.MinX));
        for (var i = 0; i < sides.Count; i++)
        {
            for (var k = i + 1; k < sides.Count && sides[k].Edge.MinX <= sides[i].Edge.MaxX; k++)
            {
                Edge a = sides[i].Edge, b = sides[k].Edge;
                if (a.MinY > b.MaxY || b.MinY > a.MaxY) continue;
                int a1 = Orientation.Sign(a.X1, a.Y1, a.X2, a.Y2, b.X1, b.Y1), a2 = Orientation.Sign(a.X1, a.Y1, a.X2, a.Y2, b.X2, b.Y2);
                if (a1 == 0 && a2 == 0) CheckAlong(sides[i], sides[k]);
                if (a1 * a2 > 0 || (a1 == 0 && a2 == 0)) continue;
                int b1 = Orientation.Sign(b.X1, b.Y1, b.X2, b.Y2, a.X1, a.Y1), b2 = Orientation.Sign(b.X1, b.Y1, b.X2, b.Y2, a.X2, a.Y2);
                if (b1 * b2 > 0) continue;
                if (a1 * a2 < 0 && b1 * b2 < 0) throw new GeometryException($"The shape must not cross itself: {Name(sides[i])} crosses {Name(sides[k])} at {Meeting(a, b)}.");
                if (SameRing(sides[i], sides[k]) && !Adjacent(sides[i], sides[k])) throw new GeometryException($"The shape must not touch itself: {Name(sides[i])} meets {Name(sides[k])} at {Meeting(a, b)}.");
            }
        }
    }

    private static void CheckAlong(Side one, Side other)
    {
        if (!SameRing(one, other)) return;
        Edge a = one.Edge, b = other.Edge;
        var overlap = Math.Abs(a.X2 - a.X1) >= Math.Abs(a.Y2 - a.Y1)
            ? Math.Min(a.MaxX, b.MaxX) - Math.Max(a.MinX, b.MinX)
            : Math.Min(a.MaxY, b.MaxY) - Math.Max(a.MinY, b.MinY);
        if (overlap > 0 || (overlap == 0 && !Adjacent(one, other))) throw new GeometryException($"The shape must not fold back on itself: {Name(one)} runs along {Name(other)}.");
    }

    private static bool SameRing(Side one, Side other) => one.Polygon == other.Polygon && one.Ring == other.Ring;

    private static bool Adjacent(Side one, Side other) =>
        Math.Abs(one.Corner - other.Corner) == 1 || Math.Abs(one.Corner - other.Corner) == one.Corners - 1;

    private static void CheckPlaces(IReadOnlyList<Polygon> polygons, int number)
    {
        var shell = new Shape([new Polygon(polygons[number].Shell, [])]);
        for (var h = 0; h < polygons[number].Holes.Count; h++)
        {
            var hole = polygons[number].Holes[h];
            for (var i = 0; i < hole.Count; i++)
            {
                if (!shell.Contains(hole.X[i], hole.Y[i]))
                {
                    throw new GeometryException($"The corner {Place(hole.X[i], hole.Y[i])} of hole {h + 1} of polygon {number + 1} lies outside the polygon.");
                }
            }
        }

        var area = new Shape([polygons[number]]);
        for (var other = 0; other < polygons.Count; other++)
        {
            if (other == number) continue;
            var ring = polygons[other].Shell;
            // On the boundary is allowed: polygons may touch. Sides do not cross, so all corners within means the whole lies within.
            var touching = true;
            for (var i = 0; i < ring.Count && touching; i++) touching = area.Contains(ring.X[i], ring.Y[i]);
            if (touching && !AllOnBoundary(ring, polygons[number]))
            {
                throw new GeometryException($"Polygon {other + 1} lies within polygon {number + 1}. The polygons of a MultiPolygon must not overlap.");
            }
        }
    }

    private static bool AllOnBoundary(Ring ring, Polygon polygon)
    {
        for (var i = 0; i < ring.Count; i++)
        {
            double x = ring.X[i], y = ring.Y[i];
            if (!polygon.Rings.SelectMany(Shape.EdgesOf).Any(e =>
                    x >= e.MinX && x <= e.MaxX && y >= e.MinY && y <= e.MaxY && Orientation.Sign(e.X1, e.Y1, e.X2, e.Y2, x, y) == 0)) return false;
        }

        return true;
    }

    private static string Name(Side side)
    {
        var e = side.Edge;
        var ring = side.Ring == 0 ? $"of polygon {side.Polygon + 1}" : $"of hole {side.Ring} of polygon {side.Polygon + 1}";
        return $"side {side.Corner + 1} {ring} from {Place(e.X1, e.Y1)} to {Place(e.X2, e.Y2)}";
    }

    private static string Meeting(Edge a, Edge b)
    {
        double ax = a.X2 - a.X1, ay = a.Y2 - a.Y1, bx = b.X2 - b.X1, by = b.Y2 - b.Y1;
        var share = (((b.X1 - a.X1) * by) - ((b.Y1 - a.Y1) * bx)) / ((ax * by) - (ay * bx));
        return Place(a.X1 + (share * ax), a.Y1 + (share * ay));
    }

    private static string Place(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"({x:0.######}, {y:0.######})");
}
