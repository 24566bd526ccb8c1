namespace LiveDash.Core.Geometry;

/// <summary>
/// How often the sides of polygons cross: the corners of what they cover together, so the cost of finding that. A few thousand sides can cross millions of times. Pure.
/// </summary>
internal static class ShapeCrossings
{
    /// <summary>How often they may cross: what they cover together is found in under a second.</summary>
    public const int Max = 50_000;

    /// <summary>Refuses polygons whose sides cross too often; looks at each pair of sides once at most, and stops when it knows.</summary>
    /// <exception cref="GeometryException">They do.</exception>
    public static void Check(IReadOnlyList<Polygon> polygons)
    {
        List<(Edge Edge, int Polygon)> sides = [.. polygons.SelectMany(static (polygon, number) => polygon.Rings.SelectMany(Shape.EdgesOf).Select(edge => (edge, number)))];
        sides.Sort(static (a, b) => a.Edge.MinX.CompareTo(b.Edge.MinX));
        var count = 0;
        for (var i = 0; i < sides.Count; i++)
        {
            // Sorted by their left ends, each meets only those that begin before it ends.
            for (var k = i + 1; k < sides.Count && sides[k].Edge.MinX <= sides[i].Edge.MaxX; k++)
            {
                if (sides[i].Polygon == sides[k].Polygon || !Cross(sides[i].Edge, sides[k].Edge) || ++count <= Max) continue;
                throw new GeometryException($"The polygons of the collection cross each other more than {Max:N0} times; send what they cover together, or fewer.");
            }
        }
    }

    private static bool Cross(Edge a, Edge b) =>
        a.MinY <= b.MaxY && b.MinY <= a.MaxY
        && Orientation.Sign(a.X1, a.Y1, a.X2, a.Y2, b.X1, b.Y1) * Orientation.Sign(a.X1, a.Y1, a.X2, a.Y2, b.X2, b.Y2) < 0
        && Orientation.Sign(b.X1, b.Y1, b.X2, b.Y2, a.X1, a.Y1) * Orientation.Sign(b.X1, b.Y1, b.X2, b.Y2, a.X2, a.Y2) < 0;
}
