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
        for (var i = 0; i <= values.Length; i++)
        {
            if (i < values.Length && double.IsFinite(values[i]) && (_within is null || points.IsWithin(_within, i))) continue;
            if (i > from) _window.AddRange(times[from..i], values[from..i]);
            from = i + 1;
        }
    }

    /// <inheritdoc/>
    public override FoldValue At(long ticks)
    {
        _window.AdvanceTo(ticks);
        if (_window.TruncatedCount > 0) throw new QueryException(QueryErrorKind.Limit, $"A window holds at most {_window.Options.MaxPoints:N0} points of a series. Shorten the window {_window.Spec}.");
        var value = _window.Count == 0 ? double.NaN : _window.Evaluate(_aggregate);
        if (double.IsNaN(value)) return new(Absence.Mark, false);
        return new(value, _borders is not var (low, high) || value < low || value > high);
    }
}
