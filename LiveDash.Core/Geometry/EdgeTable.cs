using System.Runtime.CompilerServices;

namespace LiveDash.Core.Geometry;

/// <summary>
/// The sides of all rings as parallel columns. A point's place follows from them by crossing numbers: a ray to the right crosses the boundary an odd
/// number of times from inside. Immutable.
/// </summary>
internal sealed class EdgeTable
{
    private readonly double[] _x1;
    private readonly double[] _y1;
    private readonly double[] _x2;
    private readonly double[] _y2;

    internal EdgeTable(IReadOnlyList<Edge> edges)
    {
        _x1 = [.. edges.Select(static e => e.X1)];
        _y1 = [.. edges.Select(static e => e.Y1)];
        _x2 = [.. edges.Select(static e => e.X2)];
        _y2 = [.. edges.Select(static e => e.Y2)];
    }

    /// <summary>True inside or on the boundary. Exact; the plain loop that every faster path agrees with.</summary>
    internal bool Contains(double px, double py)
    {
        var inside = false;
        for (var i = 0; i < _x1.Length; i++)
        {
            if (Crosses(i, px, py, out var on)) inside = !inside;
            if (on) return true;
        }

        return inside;
    }

    /// <summary>The same where only some sides reach the point's height.</summary>
    /// <param name="px">The point's x.</param>
    /// <param name="py">The point's y.</param>
    /// <param name="some">The numbers of at least all sides that do.</param>
    internal bool Contains(double px, double py, ReadOnlySpan<int> some)
    {
        var inside = false;
        foreach (var i in some)
        {
            if (Crosses(i, px, py, out var on)) inside = !inside;
            if (on) return true;
        }

        return inside;
    }

    // A level side crosses no ray, but a point can lie on it. A corner belongs to the side above it, so that a ray through it crosses once or twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Crosses(int i, double px, double py, out bool on)
    {
        on = false;
        double y1 = _y1[i], y2 = _y2[i];
        if (py > y1 == py > y2 && py != y1 && py != y2) return false;
        double x1 = _x1[i], x2 = _x2[i];
        if (px > x1 && px > x2) return false;
        var straddles = y1 > py != y2 > py;
        if (px < x1 && px < x2) return straddles;
        var side = Orientation.Sign(x1, y1, x2, y2, px, py);
        // Within the side's box in both directions, so zero means on it.
        on = side == 0;
        return straddles && side > 0 == y2 > y1;
    }
}
