namespace LiveDash.Web.ViewModels;

/// <summary>What the browser's script says is looked at now.</summary>
/// <param name="Plot">By which axes, as <see cref="ExploreLook.Plot"/>.</param>
/// <param name="Mode">What that comes to: <c>map</c> or <c>time</c>.</param>
/// <param name="View">The visible part; null for all.</param>
/// <param name="Shape">The shape as an address names it; empty for none, or for one that is too long.</param>
/// <param name="Geometry">The shape as GeoJSON; empty for none, or for one that is too long for a message.</param>
/// <param name="Corners">How many corners it has in all.</param>
public sealed record ExploreGlance(string Plot, string Mode, double[]? View, string Shape, string Geometry, int Corners)
{
    /// <summary>What of it an address names.</summary>
    public ExploreLook Look => new(Plot, View, Shape);
}
