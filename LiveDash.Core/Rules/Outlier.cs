using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>
/// The mean of a series over a window is far from those of its peers, which are all series of the pattern: <c>outlier(cpu.load{host=*}, 5m) &gt; 5</c>. Told in
/// robust standard deviations. Decides nothing where there are fewer than five.
/// </summary>
/// <param name="Series">The pattern that chooses the fleet.</param>
/// <param name="Window">Over which points the mean goes.</param>
/// <param name="Distance">How far is too far; above 0.</param>
public sealed record Outlier(string Series, WindowSpec Window, double Distance) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"outlier({Series}, {Window}) > {Distance:R}");
}
