using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>What holds for a whole evaluation: where it begins and ends, and its bounds. Immutable.</summary>
/// <param name="Start">The first moment, which <c>start()</c> stands for.</param>
/// <param name="End">Where it ends, which <c>end()</c> stands for; the last step may lie before.</param>
/// <param name="Limits">The bounds.</param>
internal sealed record EvaluationFrame(long Start, long End, QueryLimits Limits)
{
    // A subquery's steps are its own, so they are bounded by themselves.
    private const int MaxInnerSteps = 1_000_000;

    /// <summary>Where modifiers make a selector look.</summary>
    public Lookup Lookup(TimeShift shift) => new(shift.Offset, shift.Anchor switch
    {
        TimeAnchor.Fixed => shift.At,
        TimeAnchor.Start => Start,
        TimeAnchor.End => End,
        _ => null,
    });

    /// <summary>The moments at which the inner expression of a subquery is evaluated for all steps of a grid: multiples of its step since 1970.</summary>
    public StepGrid Inner(SubqueryExpr subquery, StepGrid grid)
    {
        if (grid.Count == 0) return grid;
        var moments = Lookup(subquery.Shift).Moments(grid);
        var step = subquery.Step > 0 ? subquery.Step : Limits.SubqueryStep.Ticks;
        var epoch = DateTime.UnixEpoch.Ticks;
        var first = Floor(moments.Start - subquery.Range - epoch, step) + step;
        var last = Floor(moments.End - epoch, step);
        var count = last < first ? 0 : ((last - first) / step) + 1;
        if (count > MaxInnerSteps) throw new QueryException(QueryErrorKind.Limit, $"The subquery at {subquery.Position} has more than {MaxInnerSteps:N0} steps. Choose a longer one.");
        return new StepGrid(epoch + first, step, (int)count);
    }

    private static long Floor(long value, long step)
    {
        var rest = value % step;
        return rest < 0 ? value - rest - step : value - rest;
    }
}
