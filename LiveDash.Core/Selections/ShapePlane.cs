namespace LiveDash.Core.Selections;

/// <summary>What the corners of a shape are.</summary>
public enum ShapePlane
{
    /// <summary>Locations.</summary>
    Location,

    /// <summary>Times in milliseconds since 1970, and values.</summary>
    TimeValue,

    /// <summary>Locations, with great circles for edges: what a database answers.</summary>
    Sphere,
}
