using System.Runtime.Intrinsics;
using LiveDash.Core.Model;

namespace LiveDash.Core.Geometry;

/// <summary>
/// A polygon or several that do not overlap, made ready to be asked which points lie within. <b>Edges and corners count as inside</b>, those of holes too.
/// The answer is exact whatever path computes it. Immutable, so safe on any thread.
/// </summary>
public sealed class Shape
{
    private const int GridFrom = 12;
    private readonly EdgeTable _table;
    private readonly Lazy<GridKernel> _grid;

    internal Shape(IReadOnlyList<Polygon> polygons)
    {
        Polygons = polygons;
        List<Edge> edges = [.. polygons.SelectMany(static p => p.Rings).SelectMany(EdgesOf)];
        Corners = edges.Count;
        Box = new BoundingBox(edges.Min(static e => e.MinX), edges.Min(static e => e.MinY), edges.Max(static e => e.MaxX), edges.Max(static e => e.MaxY));
        _table = new EdgeTable(edges);
        _grid = new Lazy<GridKernel>(() => new GridKernel(edges, Box));
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
        if (kernel == PolygonKernel.Auto) kernel = Choose();
        if (kernel is PolygonKernel.Grid or PolygonKernel.Scalar)
        {
            OneByOne(x, y, inside, kernel == PolygonKernel.Grid ? _grid.Value : null);
            return;
        }

        // Points outside the box are sorted out first: what is left is packed, so that no lane is wasted.
        Span<double> packedX = stackalloc double[512], packedY = stackalloc double[512];
        Span<int> places = stackalloc int[512];
        Span<bool> answers = stackalloc bool[512];
        var count = 0;
        inside.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            packedX[count] = x[i];
            packedY[count] = y[i];
            places[count] = i;
            count += Box.Contains(x[i], y[i]) ? 1 : 0;
            if (count < 512 && i < x.Length - 1) continue;
            if (kernel == PolygonKernel.Vector512) VectorKernel.Run512(_table, packedX[..count], packedY[..count], answers);
            else VectorKernel.Run256(_table, packedX[..count], packedY[..count], answers);
            for (var k = 0; k < count; k++) inside[places[k]] = answers[k];
            count = 0;
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

    // A box without height or width has no cells.
    private PolygonKernel Choose()
    {
        if (Corners > GridFrom && Box.MaxX > Box.MinX && Box.MaxY > Box.MinY) return PolygonKernel.Grid;
        if (Vector512.IsHardwareAccelerated) return PolygonKernel.Vector512;
        return Vector256.IsHardwareAccelerated ? PolygonKernel.Vector256 : PolygonKernel.Scalar;
    }

    private void OneByOne(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<bool> inside, GridKernel? grid)
    {
        for (var i = 0; i < x.Length; i++)
        {
            inside[i] = Box.Contains(x[i], y[i]) && (grid is null ? _table.Contains(x[i], y[i]) : grid.Contains(x[i], y[i]));
        }
    }
}
