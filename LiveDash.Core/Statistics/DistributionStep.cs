namespace LiveDash.Core.Statistics;

/// <summary>One step of an empirical distribution.</summary>
/// <param name="Value">A value that came.</param>
/// <param name="Share">The share of values that are not greater, above 0 to 1.</param>
public readonly record struct DistributionStep(double Value, double Share);
