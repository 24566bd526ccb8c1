using MongoDB.Bson;

namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>
/// $geoWithin: $box and $polygon on the plane, $geometry with great circles for edges, each worked out plainly. Polygons that reach over a pole or the
/// 180th meridian are refused.
/// </summary>
internal static class DoubleGeo
{
    public static bool Within(BsonValue value, BsonDocument shape)
    {
        var place = value is BsonDocument point && point.TryGetValue("coordinates", out var coordinates) ? coordinates : value;
        if (place is BsonDocument pair && pair.ElementCount >= 2) place = new BsonArray(pair.Values.Take(2));
        if (place is not BsonArray { Count: >= 2 } xy || !xy[0].IsNumeric || !xy[1].IsNumeric) return false;
        var (x, y) = (xy[0].ToDouble(), xy[1].ToDouble());
        if (shape.TryGetValue("$box", out var box))
        {
            return x >= box[0][0].ToDouble() && x <= box[1][0].ToDouble() && y >= box[0][1].ToDouble() && y <= box[1][1].ToDouble();
        }

        if (shape.TryGetValue("$polygon", out var polygon)) return InRing(polygon.AsBsonArray, x, y, Flat);
        if (!shape.TryGetValue("$geometry", out var geometry)) throw new MongoFault(2, "BadValue", "unknown geo specifier");
        return geometry["type"].AsString switch
        {
            "Polygon" => InRings(geometry["coordinates"].AsBsonArray, x, y),
            "MultiPolygon" => geometry["coordinates"].AsBsonArray.Any(rings => InRings(rings.AsBsonArray, x, y)),
            var other => throw new MongoFault(2, "BadValue", $"the double does not know {other}"),
        };
    }

    private static bool InRings(BsonArray rings, double x, double y)
    {
        foreach (var corner in rings.SelectMany(static ring => ring.AsBsonArray))
        {
            if (Math.Abs(corner[0].ToDouble()) > 180 || Math.Abs(corner[1].ToDouble()) > 90)
            {
                throw new MongoFault(2, "BadValue", "longitude/latitude is out of bounds");
            }
        }

        return InRing(rings[0].AsBsonArray, x, y, GreatCircle) && !rings.Skip(1).Any(hole => InRing(hole.AsBsonArray, x, y, GreatCircle));
    }

    private static bool InRing(BsonArray ring, double x, double y, Func<(double X, double Y), (double X, double Y), double, double> edge)
    {
        var corners = ring.Select(static c => (X: c[0].ToDouble(), Y: c[1].ToDouble())).ToArray();
        var inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (edge == (Func<(double X, double Y), (double X, double Y), double, double>)GreatCircle && Math.Abs(a.X - b.X) > 180) throw new MongoFault(2, "BadValue", "the double does not go over the 180th meridian");
            if (a.X > x != b.X > x && y < edge(a, b, x)) inside = !inside;
        }

        return inside;
    }

    private static double Flat((double X, double Y) a, (double X, double Y) b, double x) => a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X));

    // The latitude at which the great circle through two places crosses a meridian between them.
    private static double GreatCircle((double X, double Y) a, (double X, double Y) b, double x)
    {
        var (xa, xb, at) = (double.DegreesToRadians(a.X), double.DegreesToRadians(b.X), double.DegreesToRadians(x));
        var (ta, tb) = (Math.Tan(double.DegreesToRadians(a.Y)), Math.Tan(double.DegreesToRadians(b.Y)));
        return double.RadiansToDegrees(Math.Atan(((ta * Math.Sin(xb - at)) + (tb * Math.Sin(at - xa))) / Math.Sin(xb - xa)));
    }
}
