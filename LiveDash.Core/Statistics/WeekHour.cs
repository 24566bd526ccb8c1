namespace LiveDash.Core.Statistics;

/// <summary>One hour of the week, over all weeks.</summary>
/// <param name="Count">How many values it had.</param>
/// <param name="Mean">Their mean; NaN for none.</param>
public readonly record struct WeekHour(long Count, double Mean);
