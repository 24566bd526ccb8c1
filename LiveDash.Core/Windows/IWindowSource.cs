using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Windows;

/// <summary>
/// Hands out the windows of a shard's series; equal specs of a series share one window. Single-threaded: only the shard's own loop calls it.
/// </summary>
public interface IWindowSource
{
    /// <summary>The window of a series, made and filled from the store if nobody holds it yet. Release it as often as acquired.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="spec">Which points count.</param>
    /// <param name="needs">Aggregates to keep up to date beyond those of <see cref="WindowSummary"/>.</param>
    SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs);

    /// <summary>Gives a window back; the last release drops it.</summary>
    void Release(int series, WindowSpec spec);
}
