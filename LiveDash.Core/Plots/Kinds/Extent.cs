namespace LiveDash.Core.Plots.Kinds;

/// <summary>The least and greatest of some numbers; NaN for none.</summary>
internal struct Extent
{
    private bool _any;

    /// <summary>The least.</summary>
    internal double Low { get; private set; }

    /// <summary>The greatest.</summary>
    internal double High { get; private set; }

    /// <summary>True where there is none.</summary>
    internal readonly bool IsEmpty => !_any;

    /// <summary>A coordinate whose differences to all others are finite: what is farther out is drawn at that edge.</summary>
    internal static double Place(double coordinate) => Math.Clamp(coordinate, -double.MaxValue / 4, double.MaxValue / 4);

    /// <summary>Takes a number; NaN is passed over.</summary>
    internal void Add(double value)
    {
        if (double.IsNaN(value)) return;
        Low = _any ? Math.Min(Low, value) : value;
        High = _any ? Math.Max(High, value) : value;
        _any = true;
    }
}
