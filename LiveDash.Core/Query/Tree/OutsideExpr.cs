using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Query.Tree;

/// <summary>The series whose mean over a window is below the low or above the high border: <c>outside(room.temp, 5m, 10, 20)</c>. It yields that mean; the borders are inside.</summary>
/// <param name="Series">The series or pattern.</param>
/// <param name="Window">Over which points the mean goes.</param>
/// <param name="Low">The lower border.</param>
/// <param name="High">The upper border; not below the lower.</param>
public sealed record OutsideExpr(string Series, WindowSpec Window, double Low, double High) : SeriesExpr(Series)
{
    internal override string Text => string.Create(CultureInfo.InvariantCulture, $"outside({Series}, {Window}, {Low:R}, {High:R})");
}
