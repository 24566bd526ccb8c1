using LiveDash.Core.Engine;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>The figure a rule judged on one series over the history. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="Columns">The figure by pixel column, by time; columns in which nothing was judged are left out.</param>
public sealed record PreviewLine(string Series, IReadOnlyList<ChartColumn> Columns);
