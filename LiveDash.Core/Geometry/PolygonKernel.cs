namespace LiveDash.Core.Geometry;

/// <summary>How points are tested; all give the same answers.</summary>
public enum PolygonKernel
{
    /// <summary>Whatever is fastest here.</summary>
    Auto,

    /// <summary>The plain loop.</summary>
    Scalar,

    /// <summary>Four points at once.</summary>
    Vector256,

    /// <summary>Eight points at once.</summary>
    Vector512,

    /// <summary>A grid whose cells are known to be inside, outside or on the boundary.</summary>
    Grid,
}
