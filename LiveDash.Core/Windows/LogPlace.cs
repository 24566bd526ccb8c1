namespace LiveDash.Core.Windows;

/// <summary>A place in a <see cref="PointLog"/>: before the point at <paramref name="Offset"/> of a leaf.</summary>
internal readonly record struct LogPlace(long Leaf, int Offset);
