namespace LiveDash.Core.Model;

/// <summary>
/// A half-open stretch of event time, <c>[From, To)</c>, in UTC ticks of 100 ns since 0001-01-01 (<see cref="DateTime.Ticks"/>).
/// Immutable, so safe on any thread.
/// </summary>
/// <param name="From">The first tick inside.</param>
/// <param name="To">The first tick outside; never before <paramref name="From"/>.</param>
public readonly record struct TimeRange(long From, long To)
{
    /// <summary>Everything that a <see cref="DateTime"/> can say.</summary>
    public static TimeRange All { get; } = new(0, long.MaxValue);

    /// <summary>True when no tick lies inside.</summary>
    public bool IsEmpty => To <= From;

    /// <summary>True when <paramref name="ticks"/> lies inside: at or after From, and before To.</summary>
    public bool Contains(long ticks) => ticks >= From && ticks < To;

    /// <summary>True when the two ranges share at least one tick.</summary>
    public bool Overlaps(TimeRange other) => From < other.To && other.From < To;
}
