using System.Text.Json;

namespace LiveDash.Core.Geometry;

/// <summary>Reads GeoJSON (RFC 7946): a Polygon or MultiPolygon, a Feature with one, or a FeatureCollection of such, whose polygons may overlap. Heights are passed over; an unclosed ring is closed. Pure.</summary>
public static class GeoJson
{
    /// <summary>How many corners a shape may have in all.</summary>
    public const int MaxCorners = 10_000;

    // Products of two coordinates must stay exact; see Orientation.
    private const double MaxSize = 1e100;

    /// <summary>Reads a shape.</summary>
    /// <exception cref="GeometryException">It is not one; the message names the place.</exception>
    public static Shape Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new GeometryException("The shape must be a GeoJSON object with a type, such as {\"type\":\"Polygon\",\"coordinates\":[...]}.");
        var left = MaxCorners;
        if (TypeOf(json) != "FeatureCollection") return new Shape(ReadShape(json, "", ref left));
        if (!json.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array) throw new GeometryException("The member 'features' is missing or no array.");
        List<Polygon> all = [];
        var number = 0;
        foreach (var feature in features.EnumerateArray())
        {
            if (feature.ValueKind != JsonValueKind.Object) throw new GeometryException($"features[{number}] is no feature.");
            all.AddRange(ReadShape(feature, $"features[{number++}].", ref left));
        }

        if (all.Count == 0) throw new GeometryException("The FeatureCollection has no feature.");
        if (number == 1 || ShapeTopology.IsValid(all)) return new Shape(all);
        ShapeCrossings.Check(all);
        return new Shape(ShapeTopology.Union(all));
    }

    private static string? TypeOf(JsonElement json) =>
        json.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;

    private static List<Polygon> ReadShape(JsonElement json, string place, ref int left)
    {
        var type = TypeOf(json);
        if (type == "Feature")
        {
            if (!json.TryGetProperty("geometry", out json) || json.ValueKind != JsonValueKind.Object) throw new GeometryException(place.Length == 0 ? "The feature has no geometry." : $"{place}geometry is missing: each feature must have a shape.");
            type = TypeOf(json);
            if (place.Length > 0) place += "geometry.";
        }

        if (type is not ("Polygon" or "MultiPolygon")) throw new GeometryException($"The type is '{type}'{(place.Length == 0 ? "" : $" at {place}type")}; only Polygon and MultiPolygon enclose points.");
        if (!json.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array) throw new GeometryException($"The member '{place}coordinates' is missing or no array.");
        List<Polygon> polygons = [];
        if (type == "Polygon") polygons.Add(ReadPolygon(coordinates, place + "coordinates", ref left));
        else
        {
            var number = 0;
            foreach (var polygon in coordinates.EnumerateArray()) polygons.Add(ReadPolygon(polygon, $"{place}coordinates[{number++}]", ref left));
        }

        if (polygons.Count == 0) throw new GeometryException("The MultiPolygon has no polygon.");
        if (!ShapeTopology.IsValid(polygons)) ShapeValidator.Check(polygons);
        return polygons;
    }

    private static Polygon ReadPolygon(JsonElement json, string place, ref int left)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0) throw new GeometryException($"{place} must be a list of rings.");
        var rings = new List<Ring>();
        foreach (var ring in json.EnumerateArray()) rings.Add(ReadRing(ring, $"{place}[{rings.Count}]", ref left));
        return new Polygon(rings[0], [.. rings.Skip(1)]);
    }

    private static Ring ReadRing(JsonElement json, string place, ref int left)
    {
        if (json.ValueKind != JsonValueKind.Array) throw new GeometryException($"{place} must be a list of positions.");
        List<double> x = [], y = [];
        foreach (var position in json.EnumerateArray())
        {
            var (px, py) = ReadPosition(position, $"{place}[{x.Count}]");
            // The position that closes a ring is no corner of its own.
            var closes = x.Count > 2 && x[0] == px && y[0] == py;
            if (!closes && --left < 0) throw new GeometryException($"{place} passes the limit of {MaxCorners:N0} corners in all.");
            // A corner said twice in a row is one corner.
            if (x.Count > 0 && x[^1] == px && y[^1] == py) continue;
            x.Add(px);
            y.Add(py);
        }

        if (x.Count > 1 && x[0] == x[^1] && y[0] == y[^1])
        {
            x.RemoveAt(x.Count - 1);
            y.RemoveAt(y.Count - 1);
        }

        if (x.Count < 3) throw new GeometryException($"{place} has {x.Count} different corners in a row; a ring needs three.");
        return new Ring([.. x], [.. y]);
    }

    private static (double X, double Y) ReadPosition(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() is 2 or 3
            && json[0].ValueKind == JsonValueKind.Number && json[1].ValueKind == JsonValueKind.Number
            && json[0].TryGetDouble(out var x) && json[1].TryGetDouble(out var y) && Math.Abs(x) <= MaxSize && Math.Abs(y) <= MaxSize)
        {
            return (x, y);
        }

        throw new GeometryException($"{place} must be a position: two finite numbers [x, y].");
    }
}
