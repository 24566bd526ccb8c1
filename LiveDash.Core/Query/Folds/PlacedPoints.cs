using LiveDash.Core.Geometry;

namespace LiveDash.Core.Query.Folds;

/// <summary>Some points of a series with their places. Valid until the next are asked for.</summary>
/// <param name="Times">UTC ticks.</param>
/// <param name="Values">The values.</param>
/// <param name="X">The x of each location, NaN for none; empty when no point has one.</param>
/// <param name="Y">The y of each.</param>
internal readonly record struct PlacedPoints(ReadOnlyMemory<long> Times, ReadOnlyMemory<double> Values, ReadOnlyMemory<double> X = default, ReadOnlyMemory<double> Y = default)
{
    /// <summary>How many.</summary>
    public int Count => Times.Length;

    /// <summary>Some of them in a row.</summary>
    public PlacedPoints Slice(int start, int count) =>
        new(Times.Slice(start, count), Values.Slice(start, count), X.IsEmpty ? X : X.Slice(start, count), Y.IsEmpty ? Y : Y.Slice(start, count));

    /// <summary>Whether one lies within a shape; one without a place never does.</summary>
    public bool IsWithin(Shape shape, int index) => !X.IsEmpty && shape.Contains(X.Span[index], Y.Span[index]);
}
