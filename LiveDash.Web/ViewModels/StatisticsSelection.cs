using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>Of which points a page shows statistics. Immutable.</summary>
/// <param name="Series">The series, in the order of their numbers.</param>
/// <param name="Range">Their times.</param>
/// <param name="Geometry">A shape as GeoJSON; empty for none.</param>
/// <param name="OverTime">True where the shape's corners are times and values, else they are locations.</param>
/// <param name="IsTooLong">True where there is a shape with more corners than the circuit takes.</param>
public sealed record StatisticsSelection(IReadOnlyList<int> Series, TimeRange Range, string Geometry, bool OverTime, bool IsTooLong)
{
    /// <inheritdoc/>
    public bool Equals(StatisticsSelection? other) => other is not null && Series.SequenceEqual(other.Series) && Range == other.Range && Geometry == other.Geometry
        && (OverTime == other.OverTime || Geometry.Length == 0) && IsTooLong == other.IsTooLong;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Series.Count, Range, Geometry);
}
