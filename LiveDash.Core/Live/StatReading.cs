using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Live;

/// <summary>What a number is written from.</summary>
/// <param name="Key">The series.</param>
/// <param name="Value">The aggregate; NaN where there is none.</param>
/// <param name="Min">The smallest value of what is looked at.</param>
/// <param name="Max">The largest.</param>
/// <param name="Count">How many points there are.</param>
/// <param name="Window">The window they are of; null for all that is on screen.</param>
public readonly record struct StatReading(SeriesKey Key, double Value, double Min, double Max, long Count, WindowSpec? Window);
