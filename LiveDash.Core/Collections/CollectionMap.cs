namespace LiveDash.Core.Collections;

/// <summary>How the documents of an existing collection of MongoDB become points. Paths are dotted, such as <c>reading.temp</c>. Immutable.</summary>
public sealed record CollectionMap
{
    /// <summary>The name under which it is asked for: <c>GET /api/points?collection=NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the connection.</summary>
    public required string Connection { get; init; }

    /// <summary>The database; null for the one that the connection names.</summary>
    public string? Database { get; init; }

    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>A filter as extended JSON; null for all documents. May not run code on the server.</summary>
    public string? Filter { get; init; }

    /// <summary>Where the time stands: a Date, an ObjectId, a Timestamp, or a number of <see cref="Unit"/>. Default the key, where it is an ObjectId.</summary>
    public string Time { get; init; } = "_id";

    /// <summary>What a number counts since 1970: s, ms (the default), us, ns.</summary>
    public string Unit { get; init; } = "ms";

    /// <summary>Where values stand; each gives a point. None: the value is 0, for documents that only say where.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The series, with paths in braces: <c>{device}.temp</c>. Where there are several values the last part of each one's path follows.</summary>
    public string Series { get; init; } = "";

    /// <summary>Tags and the paths of their values.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the location stands: a GeoJSON Point, <c>[x, y]</c> or <c>{lng, lat}</c>; null for none.</summary>
    public string? Point { get; init; }

    /// <summary>Where a whole number stands that becomes the point's id; null to number the points.</summary>
    public string? Key { get; init; }

    /// <summary>What is done with it.</summary>
    public CollectionMode Mode { get; init; }
}
