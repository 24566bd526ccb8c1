using System.Runtime.Intrinsics;
using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// A polygon or several that do not overlap, made ready to be asked which points lie within. <b>Edges and corners count as inside</b>, those of holes too.
/// The answer is exact whatever path computes it. Immutable, so safe on any thread.
/// </summary>
public sealed class Shape
{
    // Below so many points making the grid costs more than it saves.
    private const int GridPoints = 2048;
    private readonly EdgeTable _table;
    private readonly EdgeLines _lines;
    private readonly Lazy<GridKernel> _grid;

    internal Shape(IReadOnlyList<Polygon> polygons)
    {
        Polygons = polygons;
        List<Edge> edges = [.. polygons.SelectMany(static p => p.Rings).SelectMany(EdgesOf)];
        Corners = edges.Count;
        Box = new BoundingBox(edges.Min(static e => e.MinX), edges.Min(static e => e.MinY), edges.Max(static e => e.MaxX), edges.Max(static e => e.MaxY));
        _table = new EdgeTable(edges);
        _lines = new EdgeLines(edges, Box.MinX, Box.MinY, Math.Max(Box.MaxX - Box.MinX, Box.MaxY - Box.MinY));
        _grid = new Lazy<GridKernel>(() => new GridKernel(edges, _table, _lines, Box));
    }

    /// <summary>Its polygons.</summary>
    public IReadOnlyList<Polygon> Polygons { get; }

    /// <summary>The smallest upright rectangle around it.</summary>
    public BoundingBox Box { get; }

    /// <summary>How many corners it has in all rings.</summary>
    public int Corners { get; }

    /// <summary>True when the point lies inside, on an edge or on a corner; a NaN never does.</summary>
    public bool Contains(double x, double y) => Box.Contains(x, y) && _table.Contains(x, y);

    /// <summary>Tests many points at once.</summary>
    /// <param name="x">Their x.</param>
    /// <param name="y">Their y, as many.</param>
    /// <param name="inside">Takes the answers, as many.</param>
    /// <param name="kernel">Which path; for tests and benchmarks.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void Contains(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside, PolygonKernel kernel = PolygonKernel.Auto)
    {
        if (y.Length != x.Length || inside.Length != x.Length) throw new ArgumentException("x, y and inside must be of one length.");
        switch (kernel == PolygonKernel.Auto ? Choose(x.Length) : kernel)
        {
            case PolygonKernel.Grid:
                _grid.Value.Run(x, y, inside);
                break;
            case PolygonKernel.Vector512:
                VectorKernel.Run512(_table, _lines, Box, x, y, inside);
                break;
            case PolygonKernel.Vector256:
                VectorKernel.Run256(_table, _lines, Box, x, y, inside);
                break;
            default:
                for (var i = 0; i < x.Length; i++) inside[i] = Contains(x[i], y[i]);
                break;
        }
    }

    internal static IEnumerable<Edge> EdgesOf(Ring ring)
    {
        for (var i = 0; i < ring.Count; i++)
        {
            var next = i + 1 == ring.Count ? 0 : i + 1;
            yield return new(ring.X[i], ring.Y[i], ring.X[next], ring.Y[next]);
        }
    }

    // As measured: the wider the lanes, the more corners a loop over all of them bears.
    private PolygonKernel Choose(int points)
    {
        var (loop, gridFrom) = Vector512.IsHardwareAccelerated ? (PolygonKernel.Vector512, 24)
            : Vector256.IsHardwareAccelerated ? (PolygonKernel.Vector256, 14)
            : (PolygonKernel.Scalar, 4);
        // A box without height or width has no cells.
        var cells = Corners > gridFrom && Box.MaxX > Box.MinX && Box.MaxY > Box.MinY;
        return cells && (points >= GridPoints || _grid.IsValueCreated) ? PolygonKernel.Grid : loop;
    }
}
