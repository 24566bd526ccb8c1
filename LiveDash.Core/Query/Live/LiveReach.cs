using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>How far back a tree looks. Immutable.</summary>
/// <param name="Back">How many ticks before the moment of evaluation.</param>
/// <param name="Fixed">The earliest moment that <c>@</c> makes it look at; the greatest number for none.</param>
internal readonly record struct LiveReach(long Back, long Fixed)
{
    /// <summary>Nothing.</summary>
    public static LiveReach None { get; } = new(0, long.MaxValue);

    /// <summary>The time up to which an evaluation needs no points.</summary>
    public long Horizon(long at) => Math.Min(at - Back, Fixed);

    /// <summary>That of a tree.</summary>
    public static LiveReach Of(QueryExpr expr, QueryLimits limits) => expr switch
    {
        VectorSelector selector => Shifted(selector.Shift, limits.Lookback.Ticks, None),
        MatrixSelector matrix => Shifted(matrix.Selector.Shift, matrix.Range, None),
        SubqueryExpr subquery => Shifted(subquery.Shift, subquery.Range + Math.Max(subquery.Step, limits.SubqueryStep.Ticks), Of(subquery.Inner, limits)),
        _ => expr.Children.Aggregate(None, (reach, child) => reach.With(Of(child, limits))),
    };

    private static LiveReach Shifted(TimeShift shift, long length, LiveReach inner)
    {
        var back = shift.Offset + length + inner.Back;
        return shift.Anchor == TimeAnchor.Fixed ? new(0, Math.Min(inner.Fixed, shift.At - back)) : new(back, inner.Fixed);
    }

    private LiveReach With(LiveReach other) => new(Math.Max(Back, other.Back), Math.Min(Fixed, other.Fixed));
}
