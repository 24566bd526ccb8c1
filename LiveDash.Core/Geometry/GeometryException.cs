namespace LiveDash.Core.Geometry;

/// <summary>A shape cannot be used; the message names the place.</summary>
public sealed class GeometryException(string message) : FormatException(message);
