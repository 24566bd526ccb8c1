using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Windows;

/// <summary>How a window is kept. Immutable, so safe on any thread.</summary>
public sealed record WindowOptions
{
    /// <summary>The defaults: 5 s of lateness, no further aggregates.</summary>
    public static WindowOptions Default { get; } = new();

    /// <summary>How far behind the newest event time a point may be and still count, the border included. Default 5 s, at least zero. Among the windows of a <see cref="SeriesWindows"/> the series' own counts.</summary>
    public TimeSpan AllowedLateness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Aggregates that are asked for often and so are kept up to date point by point. Every aggregate may be asked for without standing
    /// here; it then costs a pass over the window.
    /// </summary>
    public IReadOnlyList<AggregateSpec> Needs { get; init; } = [];

    /// <summary>
    /// The most points a window given by time holds: past it the oldest leave early and <see cref="SlidingWindow.TruncatedCount"/> tells.
    /// Default 5,000,000 (about 100 MB).
    /// </summary>
    public int MaxPoints { get; init; } = 5_000_000;
}
