namespace LiveDash.Core.Detection;

/// <summary>One bar as it was judged. Immutable.</summary>
/// <param name="Began">When it began, in UTC ticks.</param>
/// <param name="Mean">What was judged: the mean of its points, or for a counter its rate a second.</param>
/// <param name="Low">The lower edge of what its points were expected to be; NaN while nothing is known.</param>
/// <param name="High">The upper edge.</param>
/// <param name="Level">The mean of its points, also of a counter.</param>
/// <param name="Score">How strange it was at the default sensitivity: 1 and more is an anomaly.</param>
public readonly record struct JudgedBar(long Began, double Mean, double Low, double High, double Level, double Score);
