using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Windows;

/// <summary>
/// The points of one series that count now, and what they amount to. Points are ordered by event time, equal times by arrival.
/// Now is the newest event time seen, or what <see cref="AdvanceTo"/> told since the last point that counted. A point further behind the
/// newest event than the allowed lateness is counted as late and changes nothing; any other lands where it belongs. Adding a point and
/// <see cref="Summarize"/> cost O(1) amortised and at worst some 200 merges and one a 4,096 points, whatever the window's size; the decayed mean and
/// the forecasts go over the window once after a point was put in between. Not thread-safe: one owner. It knows no clock, lock or I/O.
/// </summary>
public abstract class SlidingWindow
{
    private protected SlidingWindow(WindowSpec spec, WindowOptions options)
    {
        Spec = spec;
        Options = options;
    }

    /// <summary>Which points count.</summary>
    public WindowSpec Spec { get; }

    /// <summary>How the window is kept.</summary>
    public WindowOptions Options { get; }

    /// <summary>How many points count now.</summary>
    public abstract int Count { get; }

    /// <summary>Where time stands for this window, in UTC ticks; 0 before the first point.</summary>
    public abstract long Now { get; }

    /// <summary>How many points came too late to count.</summary>
    public abstract long LateCount { get; }

    /// <summary>How many points left a window given by time early because it held <see cref="WindowOptions.MaxPoints"/>.</summary>
    public abstract long TruncatedCount { get; }

    /// <summary>
    /// True when nothing the window spans lies before the first point known: a count window holds its N points, a time window's span
    /// (for tumbling and hopping ones the present bucket) begins at or after the first point ever seen, a session has a point.
    /// </summary>
    public abstract bool IsFull { get; }

    /// <summary>A window with a log of its own. Several windows of one series are cheaper together: see <see cref="SeriesWindows"/>.</summary>
    public static SlidingWindow Create(WindowSpec spec, WindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LogWindow(new PointLog(options.AllowedLateness.Ticks), spec, options);
    }

    /// <summary>Takes a point.</summary>
    /// <param name="ticks">Its event time in UTC ticks.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The value is not finite or the time not one a <see cref="DateTime"/> can say; nothing changed.</exception>
    public abstract void Add(long ticks, double value);

    /// <summary>Takes points in the order given, with the same result as one by one.</summary>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a value is not finite or a time is out of range; the points before the faulty one were taken.
    /// </exception>
    public abstract void AddRange(ReadOnlySpan<long> ticks, ReadOnlySpan<double> values);

    /// <summary>
    /// Tells that time has passed without a point. Time told never goes back until a point comes; with that point now is the newest event
    /// time again, so a source whose clock is behind is not shut out.
    /// </summary>
    public abstract void AdvanceTo(long nowTicks);

    /// <summary>Tells that the series has points since a time, though they were not given to this window: see <see cref="IsFull"/>.</summary>
    public abstract void TellKnownSince(long ticks);

    /// <summary>What is always known of the window.</summary>
    public abstract WindowSummary Summarize();

    /// <summary>The five figures that are asked for most, for less than the whole summary costs.</summary>
    public abstract WindowBasics Basics();

    /// <summary>One aggregate; NaN where it is undefined.</summary>
    public abstract double Evaluate(AggregateSpec aggregate);

    /// <summary>One aggregate of a window that is full, as a rule asks for it after each point: one look at the points instead of two.</summary>
    /// <param name="aggregate">Which.</param>
    /// <param name="allowPartial">True to evaluate it before it is full.</param>
    /// <param name="value">The same as by <see cref="Evaluate"/>; NaN where it is not full.</param>
    /// <returns>False where it is not full.</returns>
    public abstract bool TryEvaluateFull(AggregateSpec aggregate, bool allowPartial, out double value);

    /// <summary>Counts the points in buckets: bucket i holds <c>edges[i] &lt;= value &lt; edges[i + 1]</c>, the last also its upper edge.</summary>
    /// <param name="edges">Rising edges, at least two.</param>
    /// <param name="counts">One fewer than the edges.</param>
    /// <exception cref="ArgumentException">The lengths do not fit or the edges do not rise.</exception>
    public abstract void Histogram(ReadOnlySpan<double> edges, Span<long> counts);

    /// <summary>Copies the points that count now, oldest first.</summary>
    /// <returns>How many were copied: all of them, or as many as fit.</returns>
    public abstract int CopyTo(Span<long> ticks, Span<double> values);
}
