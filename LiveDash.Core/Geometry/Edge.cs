namespace LiveDash.Core.Geometry;

/// <summary>A side of a ring, from one corner to the next.</summary>
internal readonly record struct Edge(double X1, double Y1, double X2, double Y2)
{
    internal double MinX => Math.Min(X1, X2);

    internal double MaxX => Math.Max(X1, X2);

    internal double MinY => Math.Min(Y1, Y2);

    internal double MaxY => Math.Max(Y1, Y2);
}
