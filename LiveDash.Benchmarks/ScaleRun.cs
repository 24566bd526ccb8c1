namespace LiveDash.Benchmarks;

/// <summary>What a replay of a plan showed. Immutable.</summary>
/// <param name="Skew">How many times its fair share the node with most partitions owns.</param>
/// <param name="Busiest">The busiest node's share of its time before one died.</param>
/// <param name="WorstLag">The most seconds that a point waited.</param>
/// <param name="CaughtUp">Seconds from the death until nothing was more than a second behind; infinite where that did not come.</param>
/// <param name="KeepsUp">True where nothing was more than a second behind at the end.</param>
internal sealed record ScaleRun(double Skew, double Busiest, double WorstLag, double CaughtUp, bool KeepsUp);
