namespace LiveDash.Core.Plots.Axes;

/// <summary>Maps values to a share of a length, and says where ticks stand and what they read. Immutable.</summary>
internal abstract class Axis
{
    /// <summary>The least space between two labels, in CSS pixels.</summary>
    protected const double Gap = 10;

    /// <summary>What holds for the whole axis, such as the day and the zone; null for nothing.</summary>
    public virtual string? Note => null;

    /// <summary>What is to be added to every label, such as <c>+ 1,000,000,000</c>, where labels would else be long or alike; null for nothing.</summary>
    public virtual string? Offset => null;

    /// <summary>True where the axis lists names rather than measures.</summary>
    public virtual bool IsCategory => false;

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end, beyond both for what is outside, NaN for what has no place.</summary>
    public abstract double Share(double value);

    /// <summary>The ticks for an axis of some length, as many as have room.</summary>
    /// <param name="length">Its length in CSS pixels.</param>
    /// <param name="spacing">How far apart ticks should at least be.</param>
    /// <param name="extent">How many pixels a label takes along the axis.</param>
    public abstract IReadOnlyList<Tick> Ticks(double length, double spacing, Func<string, double> extent);

    /// <summary>True when no two labels touch.</summary>
    protected static bool Fits(IReadOnlyList<Tick> ticks, double length, Func<string, double> extent)
    {
        var end = double.NegativeInfinity;
        foreach (var tick in ticks)
        {
            if (tick.Label.Length == 0) continue;
            var half = extent(tick.Label) / 2;
            var at = tick.Share * length;
            if (at - half < end) return false;
            end = at + half + Gap;
        }

        return true;
    }
}
