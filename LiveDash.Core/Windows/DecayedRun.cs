namespace LiveDash.Core.Windows;

/// <summary>A run of points as seen from its last one: the sum of the values, each with its weight, and of the weights. Immutable.</summary>
internal readonly record struct DecayedRun(double Sum, double Weight)
{
    /// <summary>The run with one point more.</summary>
    public DecayedRun With(double value, double weight) => new(Sum + (value * weight), Weight + weight);

    /// <summary>The run as seen from later.</summary>
    public DecayedRun Decayed(double by) => new(Sum * by, Weight * by);

    /// <summary>Two runs seen from the same time.</summary>
    public DecayedRun Plus(in DecayedRun other) => new(Sum + other.Sum, Weight + other.Weight);
}
