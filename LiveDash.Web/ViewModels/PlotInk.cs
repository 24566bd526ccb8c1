namespace LiveDash.Web.ViewModels;

/// <summary>The theme's colours for figures that the server makes, as <c>js/plot-ink.js</c> reads them off the page: #rrggbb each. Immutable.</summary>
/// <param name="Surface">Behind everything.</param>
/// <param name="Grid">Lines of the grid.</param>
/// <param name="Line">Axes and frames.</param>
/// <param name="Text">Labels.</param>
/// <param name="Strong">What is read first.</param>
/// <param name="Font">The font's family.</param>
/// <param name="Series">The eight colours of series.</param>
/// <param name="Heat">The theme's colour scale from the least to the greatest.</param>
public sealed record PlotInk(string Surface, string Grid, string Line, string Text, string Strong, string Font, IReadOnlyList<string> Series, IReadOnlyList<string> Heat);
