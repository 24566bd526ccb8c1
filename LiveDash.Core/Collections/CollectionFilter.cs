using System.Text.Json;
using LiveDash.Core.Model;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>What a server is asked to leave out besides the mapping's own filter. Immutable.</summary>
public sealed class CollectionFilter
{
    private CollectionFilter(BsonDocument document) => Document = document;

    internal BsonDocument Document { get; }

    /// <summary>Only locations in a rectangle on the plane, edges included; for a field with a 2d index.</summary>
    public static CollectionFilter Within(string path, BoundingBox box) => new(new BsonDocument(path, new BsonDocument("$geoWithin", new BsonDocument(
        "$box", new BsonArray { new BsonArray { box.MinX, box.MinY }, new BsonArray { box.MaxX, box.MaxY } }))));

    /// <summary>Only locations in a GeoJSON Polygon or MultiPolygon whose edges are great circles.</summary>
    public static CollectionFilter WithinGreatCircles(string path, JsonElement geometry) => new(new BsonDocument(path, new BsonDocument("$geoWithin", new BsonDocument(
        "$geometry", BsonDocument.Parse(geometry.GetRawText())))));
}
