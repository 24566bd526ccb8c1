namespace LiveDash.Web.ViewModels;

/// <summary>A line of the table behind a forecast's drawing.</summary>
/// <param name="At">When, in UTC ticks.</param>
/// <param name="Value">What came, or what is expected.</param>
/// <param name="Band">The 95 % band about what is expected; null for what came.</param>
public readonly record struct ForecastRow(long At, double Value, (double Low, double High)? Band);
