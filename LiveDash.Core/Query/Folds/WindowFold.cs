using LiveDash.Core.Geometry;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Query.Folds;

/// <summary>An aggregate over a window of one series, of a window that is not full too; where two borders are given, whether it lies outside. Used by one thread.</summary>
internal sealed class WindowFold : SeriesFold
{
    // A point that is later still changes nothing.
    private static readonly TimeSpan s_lateness = TimeSpan.FromDays(1);

    private readonly AggregateSpec _aggregate;
    private readonly Shape? _within;
    private readonly SlidingWindow _window;
    private readonly (double Low, double High)? _borders;
    private readonly long[] _oldest = new long[1];
    private readonly double[] _oldestValue = new double[1];
    // How many points left early, and the oldest that was left then: once that is past, so are they.
    private long _truncated;
    private long _truncatedTo = long.MinValue;
    private long _newest = long.MinValue;

    /// <summary>Makes one.</summary>
    /// <param name="aggregate">Which figure.</param>
    /// <param name="window">Which points count.</param>
    /// <param name="within">Where they lie; null for all.</param>
    /// <param name="borders">Outside of which it holds; null where the figure alone is asked for.</param>
    public WindowFold(AggregateSpec aggregate, WindowSpec window, Shape? within = null, (double Low, double High)? borders = null)
    {
        (_aggregate, _within, _borders) = (aggregate, within, borders);
        _window = SlidingWindow.Create(window, new WindowOptions { AllowedLateness = s_lateness, Needs = [aggregate] });
        Reach = window.Kind switch
        {
            WindowKind.Count => new(0, window.Points, Within: within),
            WindowKind.Session => new(0, 0, window.Size.Ticks, Within: within),
            _ => new(window.Size.Ticks),
        };
    }

    /// <inheritdoc/>
    public override FoldReach Reach { get; }

    /// <inheritdoc/>
    public override long Held => _window.Count;

    /// <inheritdoc/>
    public override void Take(in PlacedPoints points)
    {
        // Runs of points that count; a figure of rules' tests may be no number.
        var from = 0;
        var times = points.Times.Span;
        var values = points.Values.Span;
        if (times.Length > 0) _newest = Math.Max(_newest, times[^1]);
        for (var i = 0; i <= values.Length; i++)
        {
            if (i < values.Length && double.IsFinite(values[i]) && (_within is null || points.IsWithin(_within, i))) continue;
            if (i > from) _window.AddRange(times[from..i], values[from..i]);
            from = i + 1;
        }

        if (_window.TruncatedCount == _truncated) return;
        _truncated = _window.TruncatedCount;
        _truncatedTo = Oldest();
    }

    /// <inheritdoc/>
    public override void AdvanceTo(long ticks) => _window.AdvanceTo(ticks);

    /// <inheritdoc/>
    public override FoldValue At(long ticks)
    {
        _window.AdvanceTo(ticks);
        if (_truncated > 0 && Oldest() <= _truncatedTo) throw new QueryException(QueryErrorKind.Limit, $"A window holds at most {_window.Options.MaxPoints:N0} points of a series. Shorten the window {_window.Spec}.");
        var value = _window.Count == 0 && !IsSeenElsewhere(ticks) ? double.NaN : _window.Evaluate(_aggregate);
        if (double.IsNaN(value)) return new(Absence.Mark, false);
        return new(value, _borders is not var (low, high) || value < low || value > high);
    }

    private long Oldest() => _window.CopyTo(_oldest, _oldestValue) == 0 ? long.MaxValue : _oldest[0];

    // Within a window given by time there are points, none of them in the polygon: a count of them is 0 then, and no figure is unknown.
    private bool IsSeenElsewhere(long ticks) =>
        _within is not null && _window.Spec.Kind is not (WindowKind.Count or WindowKind.Session) && _newest > ticks - _window.Spec.Size.Ticks;
}
