namespace LiveDash.Core.Storage;

/// <summary>How points are kept up to an age. Immutable.</summary>
/// <param name="Step">Of what length in ticks a row is a summary; 0 for points as they came.</param>
/// <param name="Keep">Up to which age in ticks.</param>
public readonly record struct StorageTier(long Step, long Keep);
