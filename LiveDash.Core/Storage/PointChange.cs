namespace LiveDash.Core.Storage;

/// <summary>A stored point with another value.</summary>
/// <param name="Series">The interned series.</param>
/// <param name="Ticks">Its event time, which stays.</param>
/// <param name="Id">Its sequence number, which stays.</param>
/// <param name="Value">The value from now on.</param>
/// <param name="X">The x of its location, NaN for none.</param>
/// <param name="Y">The y of its location, NaN for none.</param>
public readonly record struct PointChange(int Series, long Ticks, long Id, double Value, double X, double Y);
