using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>
/// What the nodes of a tree yielded at the last evaluation, for one that is evaluated again and again at one moment each: a node below which nothing changed is not computed again, and of a function
/// of ranges only the series whose windows hold other points. Bounded by the tree and the series it touches. Used by one thread.
/// </summary>
internal sealed class NodeMemo
{
    // Their results depend on where the window's edges lie, and not on its points alone.
    private static readonly HashSet<string> s_edges = new(["rate", "increase", "delta", "predict_linear"], StringComparer.Ordinal);

    private readonly Dictionary<QueryExpr, List<StepSeries>> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<QueryExpr, Dictionary<LabelSet, (WindowStamp Stamp, double First, double Second, double Value)>> _windows = new(ReferenceEqualityComparer.Instance);
    private IReadOnlySet<QueryExpr> _unchanged = new HashSet<QueryExpr>();
    private IReadOnlySet<QueryExpr> _outer = new HashSet<QueryExpr>();

    /// <summary>How many nodes and windows were computed since it was made.</summary>
    public long Computed { get; private set; }

    /// <summary>True where a function's result is the same as long as its window holds the same points.</summary>
    public static bool DependsOnPointsAlone(string function) => !s_edges.Contains(function);

    /// <summary>Begins an evaluation.</summary>
    /// <param name="outer">The nodes that are evaluated at its moment: all but those in subqueries.</param>
    /// <param name="unchanged">Those of them that yield what they yielded last.</param>
    public void Begin(IReadOnlySet<QueryExpr> outer, IReadOnlySet<QueryExpr> unchanged) => (_outer, _unchanged) = (outer, unchanged);

    /// <summary>Forgets all, as when the last evaluation came to no end.</summary>
    public void Clear()
    {
        _nodes.Clear();
        _windows.Clear();
    }

    /// <summary>What a node yielded last, where that still holds.</summary>
    public List<StepSeries>? Find(QueryExpr expr) => _unchanged.Contains(expr) && _nodes.TryGetValue(expr, out var known) ? Copy(known) : null;

    /// <summary>Keeps what a node yields.</summary>
    public List<StepSeries> Keep(QueryExpr expr, List<StepSeries> series)
    {
        if (!_outer.Contains(expr)) return series;
        Computed++;
        _nodes[expr] = Copy(series);
        return series;
    }

    /// <summary>What a function yielded last for a series, where its window holds the same points.</summary>
    public double[]? Window(CallExpr call, RangeSeries series, List<double[]> numbers)
    {
        if (series.Stamp.Version == 0 || !_windows.TryGetValue(call, out var known) || !known.TryGetValue(series.Labels, out var last)) return null;
        return last.Stamp == series.Stamp && last.First.Equals(Number(numbers, 0)) && last.Second.Equals(Number(numbers, 1)) ? [last.Value] : null;
    }

    /// <summary>Keeps what a function yields for a series.</summary>
    public void Keep(CallExpr call, RangeSeries series, List<double[]> numbers, double[]? values)
    {
        if (values is null || series.Stamp.Version == 0 || !DependsOnPointsAlone(call.Function.Name)) return;
        if (!_windows.TryGetValue(call, out var known)) _windows[call] = known = [];
        Computed++;
        known[series.Labels] = (series.Stamp, Number(numbers, 0), Number(numbers, 1), values[0]);
    }

    private static double Number(List<double[]> numbers, int place) => numbers.Count > place ? numbers[place][0] : 0;

    // Whoever gets values may write into them.
    private static List<StepSeries> Copy(List<StepSeries> series) => series.ConvertAll(static one => new StepSeries(one.Labels, [one.Values[0]]));
}
