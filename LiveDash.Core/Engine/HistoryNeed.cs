using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>Which stored points a new window must see, newest first. Immutable.</summary>
/// <param name="From">The first tick that can matter.</param>
/// <param name="Limit">How many points can matter at most; null when the time alone decides.</param>
/// <param name="Gap">Reading may end at a silence longer than this, in ticks; 0 for never.</param>
internal readonly record struct HistoryNeed(long From, int? Limit, long Gap)
{
    /// <summary>What a window of this kind must see at <paramref name="now"/>; more does no harm.</summary>
    public static HistoryNeed Of(WindowSpec spec, TimeSpan lateness, long now) => spec.Kind switch
    {
        WindowKind.Count => new(0, spec.Points, 0),
        WindowKind.Session => new(0, null, spec.Size.Ticks + lateness.Ticks),
        // A bucket that holds now began no longer ago than its size; a late point may reach into the one before.
        _ => new(Math.Max(0, now - spec.Size.Ticks - lateness.Ticks), null, 0),
    };
}
