namespace LiveDash.Core.Geometry;

/// <summary>A shell and the holes in it. Immutable.</summary>
/// <param name="Shell">The outer ring, in either direction.</param>
/// <param name="Holes">Rings within it, in either direction.</param>
public sealed record Polygon(Ring Shell, IReadOnlyList<Ring> Holes)
{
    /// <summary>The shell, then the holes.</summary>
    public IEnumerable<Ring> Rings => [Shell, .. Holes];
}
