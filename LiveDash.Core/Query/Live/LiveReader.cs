using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>Gives the selectors of a tree what they see in the columns at a moment, and tells which nodes see what they saw last. Used by one thread.</summary>
internal sealed class LiveReader
{
    private readonly Dictionary<QueryExpr, (SeriesChoice Choice, List<LiveColumn> Columns)> _columns = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<QueryExpr, List<(LiveColumn Column, WindowStamp Stamp, long Time, double Value)>> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<QueryExpr> _outer = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<QueryExpr> _unchanged = new(ReferenceEqualityComparer.Instance);
    private readonly LiveSamples _samples = new();
    private readonly QueryExpr _tree;
    private readonly LiveFolds _folds;

    /// <summary>Prepares a tree.</summary>
    public LiveReader(QueryExpr tree, LiveFolds folds)
    {
        (_tree, _folds) = (tree, folds);
        Prepare(tree);
    }

    /// <summary>All nodes that are evaluated at the moment itself.</summary>
    public IReadOnlySet<QueryExpr> Outer => _outer;

    /// <summary>Those of them that see what they saw at the last reading.</summary>
    public IReadOnlySet<QueryExpr> Unchanged => _unchanged;

    /// <summary>Adds a series to the selectors that match it.</summary>
    public void Add(LiveColumn column)
    {
        _samples.Add(column);
        foreach (var (choice, columns) in _columns.Values)
        {
            if (choice.Matches(column.Labels)) columns.Insert(LabelPlace.Of(columns, column.Labels, static one => one.Labels), column);
        }
    }

    /// <summary>Reads for a moment.</summary>
    public SelectorData Read(EvaluationFrame frame, QueryBudget budget)
    {
        var data = new SelectorData();
        _unchanged.Clear();
        Changed(_tree, frame, budget, data);
        return data;
    }

    private void Prepare(QueryExpr expr)
    {
        _outer.Add(expr);
        if (expr is VectorSelector selector) _columns[expr] = (SeriesChoice.Of(selector), []);
        if (expr is SubqueryExpr) return;
        foreach (var child in expr.Children) Prepare(child);
    }

    private bool Changed(QueryExpr expr, EvaluationFrame frame, QueryBudget budget, SelectorData data)
    {
        var changed = expr switch
        {
            VectorSelector selector => Newest(selector, frame, budget, data, false),
            MatrixSelector matrix => Windows(matrix, frame, budget, data),
            SeriesExpr series => _folds.Read(series, frame.Start, budget, data),
            SubqueryExpr subquery => Inner(subquery, frame, budget, data),
            CallExpr call => Call(call, frame, budget, data),
            _ => Below(expr, frame, budget, data),
        };
        if (!changed) _unchanged.Add(expr);
        return changed;
    }

    // All of them are read, whether one before has changed or not.
    private bool Below(QueryExpr expr, EvaluationFrame frame, QueryBudget budget, SelectorData data)
    {
        var changed = false;
        foreach (var child in expr.Children) changed |= Changed(child, frame, budget, data);
        return changed;
    }

    private bool Call(CallExpr call, EvaluationFrame frame, QueryBudget budget, SelectorData data)
    {
        if (call.Function.Name == "timestamp" && SelectorReader.Unwrap(call.Arguments[0]) is VectorSelector stamped)
        {
            // Nothing between them is evaluated but parentheses, which see the moments too.
            return Newest(stamped, frame, budget, data, true);
        }

        var changed = Below(call, frame, budget, data);
        var byMoment = call.Function.Name is "time" or "timestamp" || (call.Arguments.Count == 0 && call.Function.Name != "pi");
        return changed || byMoment || !NodeMemo.DependsOnPointsAlone(call.Function.Name);
    }

    private bool Newest(VectorSelector selector, EvaluationFrame frame, QueryBudget budget, SelectorData data, bool wantsTimes)
    {
        var to = frame.Lookup(selector.Shift).At(StepGrid.At(frame.Start), 0);
        var columns = _columns[selector].Columns;
        budget.AddSeries(columns.Count);
        var series = new List<StepSeries>(columns.Count);
        var seen = new List<(LiveColumn, WindowStamp, long, double)>(columns.Count);
        foreach (var column in columns)
        {
            if (!column.TryNewest(to - frame.Limits.Lookback.Ticks, to, out var time, out var value)) continue;
            series.Add(new(column.Labels, [wantsTimes ? Epoch.Seconds(time) : value]));
            seen.Add((column, default, time, value));
        }

        data.Put(selector, series);
        return See(selector, seen);
    }

    private bool Windows(MatrixSelector matrix, EvaluationFrame frame, QueryBudget budget, SelectorData data)
    {
        var to = frame.Lookup(matrix.Selector.Shift).At(StepGrid.At(frame.Start), 0);
        var columns = _columns[matrix.Selector].Columns;
        budget.AddSeries(columns.Count);
        var series = new List<RangeSeries>(columns.Count);
        var seen = new List<(LiveColumn, WindowStamp, long, double)>(columns.Count);
        foreach (var column in columns)
        {
            if (column.Window(to - matrix.Range, to) is not { } window) continue;
            series.Add(window);
            seen.Add((column, window.Stamp, 0, 0));
        }

        data.Put(matrix, series);
        return See(matrix, seen);
    }

    // Its steps lie where they lie, but which of them it holds goes on with the moment.
    private bool Inner(SubqueryExpr subquery, EvaluationFrame frame, QueryBudget budget, SelectorData data)
    {
        var reader = new SelectorReader(_samples, SeriesFolds.Plain, frame, budget, data);
        var read = reader.ReadAsync(subquery.Inner, frame.Inner(subquery, StepGrid.At(frame.Start)));
        // The columns are in memory, so this has ended.
        read.GetAwaiter().GetResult();
        return true;
    }

    private bool See(QueryExpr selector, List<(LiveColumn, WindowStamp, long, double)> seen)
    {
        var changed = !_seen.TryGetValue(selector, out var before) || !before.SequenceEqual(seen);
        _seen[selector] = seen;
        return changed;
    }
}
