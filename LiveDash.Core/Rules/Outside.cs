using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Rules;

/// <summary>The mean over a window is below the low or above the high border: <c>outside(room.temp, 5m, 10, 20)</c>. The borders are inside.</summary>
public sealed record Outside(string Series, WindowSpec Window, double Low, double High) : SeriesCondition(Series)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"outside({Series}, {Window}, {Low:R}, {High:R})");
}
