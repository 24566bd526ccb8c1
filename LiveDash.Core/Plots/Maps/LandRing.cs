namespace LiveDash.Core.Plots.Maps;

/// <summary>One border: corners of longitude and latitude, closed, and the box around them. Immutable.</summary>
internal sealed class LandRing((double X, double Y)[] corners)
{
    /// <summary>The corners; the last is the first again.</summary>
    internal IReadOnlyList<(double X, double Y)> Corners => corners;

    /// <summary>The box around them.</summary>
    internal (double Left, double Bottom, double Right, double Top) Box { get; } =
        (corners.Min(static c => c.X), corners.Min(static c => c.Y), corners.Max(static c => c.X), corners.Max(static c => c.Y));
}
