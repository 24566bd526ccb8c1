namespace LiveDash.Web.ViewModels;

/// <summary>One line of the series' table. Immutable.</summary>
/// <param name="Series">The series' number in the catalog.</param>
/// <param name="Name">Its name without tags.</param>
/// <param name="Tags">The values of the table's tag columns, in their order; empty where it has none of that key.</param>
/// <param name="OtherTags">Its tags that have no column, as text.</param>
/// <param name="Value">The newest value; NaN where there is none.</param>
/// <param name="Time">When that was, in UTC ticks; 0 where there is none.</param>
/// <param name="Rate">Points a second over all that is stored; 0 where that is not known.</param>
public sealed record SeriesRow(int Series, string Name, IReadOnlyList<string> Tags, string OtherTags, double Value, long Time, double Rate);
