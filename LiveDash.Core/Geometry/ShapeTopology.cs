using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using NetTopologySuite.Operation.Valid;

namespace LiveDash.Core.Geometry;

/// <summary>
/// What NetTopologySuite knows of shapes: whether they are valid, in a time that grows little with their corners, and what several cover together. It says
/// less well where a fault lies, so a shape that is not valid is looked through by <see cref="ShapeValidator"/>. Pure.
/// </summary>
internal static class ShapeTopology
{
    private static readonly GeometryFactory s_factory = new();

    /// <summary>True where the polygons are a valid MultiPolygon (OGC Simple Features).</summary>
    public static bool IsValid(IReadOnlyList<Polygon> polygons) =>
        new IsValidOp(s_factory.CreateMultiPolygon([.. polygons.Select(ToTopology)])).IsValid;

    /// <summary>Polygons that cover what some valid ones cover together, and do not overlap.</summary>
    public static IReadOnlyList<Polygon> Union(IReadOnlyList<Polygon> polygons)
    {
        var union = UnaryUnionOp.Union([.. polygons.Select(ToTopology)]);
        return [.. Enumerable.Range(0, union.NumGeometries).Select(union.GetGeometryN).OfType<NetTopologySuite.Geometries.Polygon>().Select(FromTopology)];
    }

    private static NetTopologySuite.Geometries.Polygon ToTopology(Polygon polygon) =>
        s_factory.CreatePolygon(ToTopology(polygon.Shell), [.. polygon.Holes.Select(ToTopology)]);

    private static LinearRing ToTopology(Ring ring)
    {
        var corners = new Coordinate[ring.Count + 1];
        for (var i = 0; i < ring.Count; i++) corners[i] = new Coordinate(ring.X[i], ring.Y[i]);
        corners[^1] = corners[0];
        return s_factory.CreateLinearRing(corners);
    }

    private static Polygon FromTopology(NetTopologySuite.Geometries.Polygon polygon) =>
        new(FromTopology(polygon.ExteriorRing), [.. polygon.InteriorRings.Select(FromTopology)]);

    private static Ring FromTopology(LineString ring)
    {
        // The last corner is the first again.
        var corners = ring.Coordinates[..^1];
        return new Ring([.. corners.Select(static corner => corner.X)], [.. corners.Select(static corner => corner.Y)]);
    }
}
