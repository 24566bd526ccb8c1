namespace LiveDash.Core.Geometry;

/// <summary>A closed ring of at least three corners; the last is joined to the first and not repeated. Immutable.</summary>
public sealed class Ring
{
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Takes the corners.</summary>
    /// <param name="x">Their x.</param>
    /// <param name="y">Their y, as many.</param>
    internal Ring(double[] x, double[] y)
    {
        _x = x;
        _y = y;
    }

    /// <summary>How many corners it has.</summary>
    public int Count => _x.Length;

    /// <summary>The x of each corner.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The y of each corner.</summary>
    public ReadOnlySpan<double> Y => _y;
}
