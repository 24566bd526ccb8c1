using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>What a window said at one moment. Immutable.</summary>
/// <param name="Version">Grows with every change; 0 while the window is not rebuilt yet, and then nothing else is set.</param>
/// <param name="AsOf">The window's now: event time in UTC ticks.</param>
/// <param name="Summary">The aggregates every window has.</param>
/// <param name="Extras">The further aggregates the lease asked for, in its order; NaN where undefined.</param>
/// <param name="LateCount">How many points came too late to be counted.</param>
/// <param name="IsFull">True when the window has seen all it spans.</param>
public sealed record WindowSnapshot(
    long Version, long AsOf, WindowSummary Summary, IReadOnlyList<double> Extras, long LateCount, bool IsFull);
