using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>
/// Knows between which values the points lie that a rule's windows can hold, by the least and greatest of each stretch of points, so that a stretch in which the rule cannot
/// fire need not be judged point by point. Kept as two monotonic queues (Lemire, 2006): a stretch costs the same however far the windows reach. Used by one preview alone.
/// </summary>
internal sealed class PreviewBounds
{
    // Of what a mean may be wrong by its rounding, many times.
    private const double Slack = 1e-9;

    // Up to so many points a percentile is exact, and so one of the values.
    private const int ExactPercentile = 10_000;

    private readonly Condition _condition;
    private readonly long _reach;
    private readonly long _reachPoints;
    private readonly LinkedList<Stretch> _lows = new();
    private readonly LinkedList<Stretch> _highs = new();
    private long _points;

    private PreviewBounds(Condition condition)
    {
        _condition = condition;
        _reach = condition.Leaves.Max(static leaf => PreviewRun.Reach(leaf)) + WindowOptions.Default.AllowedLateness.Ticks + TimeSpan.TicksPerSecond;
        _reachPoints = condition.Leaves.Max(static leaf => (leaf as Comparison)?.Window.Points ?? (leaf as Outside)?.Window.Points ?? 0);
    }

    /// <summary>The bounds of a rule; null where values do not say whether it fires: a rule that minds silence or the unusual, sums, rates, sessions.</summary>
    public static PreviewBounds? Of(RuleModel rule)
    {
        var condition = rule.Expression.Condition;
        return rule.OnNoData == GapPolicy.Keep && condition.Leaves.All(static leaf => leaf is Comparison or Outside) && Decides(condition) ? new PreviewBounds(condition) : null;
    }

    /// <summary>Takes note of the next points, by time, before they are asked about.</summary>
    public void Add(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        _points += values.Length;
        while (_lows.Last is { Value.Value: var before } && before >= low) _lows.RemoveLast();
        while (_highs.Last is { Value.Value: var before } && before <= high) _highs.RemoveLast();
        _lows.AddLast(new Stretch(times[^1], _points, low));
        _highs.AddLast(new Stretch(times[^1], _points, high));
    }

    /// <summary>True where the rule's condition cannot hold from the first of the points noted last on.</summary>
    /// <param name="first">The time of that point.</param>
    /// <param name="count">How many points were noted last.</param>
    public bool CannotHold(long first, int count)
    {
        Forget(_lows, first, count);
        Forget(_highs, first, count);
        var (low, high) = (_lows.First!.Value.Value, _highs.First!.Value.Value);
        var slack = Slack * Math.Max(Math.Abs(low), Math.Abs(high));
        return CannotHold(_condition, low - slack, high + slack);
    }

    // Windows hold what came since a time, or the newest so many before the first point that is asked about.
    private void Forget(LinkedList<Stretch> stretches, long first, int count)
    {
        while (stretches.First is { Value: var oldest } && oldest.Last < first - _reach && oldest.End <= _points - count - _reachPoints) stretches.RemoveFirst();
    }

    private static bool Decides(Condition condition) => condition switch
    {
        Comparison one => IsWithin(one.Aggregate, one.Window) && one.Comparator != Comparator.NotEqual,
        Outside one => IsSliding(one.Window),
        AllOf both => Decides(both.Left) || Decides(both.Right),
        AnyOf any => Decides(any.Left) && Decides(any.Right),
        _ => false,
    };

    private static bool CannotHold(Condition condition, double low, double high) => condition switch
    {
        Comparison one when IsWithin(one.Aggregate, one.Window) => one.Comparator switch
        {
            Comparator.Above => high <= one.Threshold,
            Comparator.AtLeast => high < one.Threshold,
            Comparator.Below => low >= one.Threshold,
            Comparator.AtMost => low > one.Threshold,
            Comparator.Equal => one.Threshold < low || one.Threshold > high,
            _ => false,
        },
        Outside one when IsSliding(one.Window) => low >= one.Low && high <= one.High,
        AllOf both => CannotHold(both.Left, low, high) || CannotHold(both.Right, low, high),
        AnyOf any => CannotHold(any.Left, low, high) && CannotHold(any.Right, low, high),
        _ => false,
    };

    // Its figure lies between the least and the greatest value in the window.
    private static bool IsWithin(AggregateSpec aggregate, WindowSpec window) => IsSliding(window) && (aggregate.Kind switch
    {
        AggregateKind.Mean or AggregateKind.Min or AggregateKind.Max or AggregateKind.First or AggregateKind.Last => true,
        AggregateKind.Percentile => window.Kind == WindowKind.Count && window.Points <= ExactPercentile,
        _ => false,
    });

    private static bool IsSliding(WindowSpec window) => window.Kind is WindowKind.Count or WindowKind.Time;

    /// <summary>A stretch of points: the time of its last, how many points there were with it, and its least or greatest value.</summary>
    private readonly record struct Stretch(long Last, long End, double Value);
}
