using System.Globalization;

namespace LiveDash.Core.Geometry;

/// <summary>
/// A polygon said by its corners in a row, as conditions write it: <c>0 0, 50 0, 50 50</c>. The last is joined to the first; edges and corners count as inside. Immutable with value equality by its
/// text, so safe on any thread.
/// </summary>
public sealed class CornerPolygon : IEquatable<CornerPolygon>
{
    /// <summary>How many corners it may have.</summary>
    public const int MaxCorners = 1_000;

    // Products of two coordinates must stay exact; see Orientation.
    private const double MaxSize = 1e100;

    /// <summary>Makes one.</summary>
    /// <exception cref="GeometryException">It has fewer than three corners or more than <see cref="MaxCorners"/>, its edges cross, or a corner is too far away.</exception>
    public CornerPolygon(IReadOnlyList<(double X, double Y)> corners)
    {
        if (corners.Count is < 3 or > MaxCorners) throw new GeometryException($"A polygon has 3 to {MaxCorners:N0} corners, not {corners.Count:N0}.");
        if (corners.Any(static one => !(Math.Abs(one.X) <= MaxSize) || !(Math.Abs(one.Y) <= MaxSize))) throw new GeometryException("A corner is too far away.");
        var polygons = new List<Polygon> { new(new Ring([.. corners.Select(static one => one.X)], [.. corners.Select(static one => one.Y)]), []) };
        if (!ShapeTopology.IsValid(polygons)) ShapeValidator.Check(polygons);
        Shape = new Shape(polygons);
        Text = string.Join(", ", corners.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.X:R} {one.Y:R}")));
    }

    /// <summary>What lies within.</summary>
    public Shape Shape { get; }

    /// <summary>Its corners: <c>0 0, 50 0, 50 50</c>.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public bool Equals(CornerPolygon? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CornerPolygon);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Its corners.</summary>
    public override string ToString() => Text;
}
