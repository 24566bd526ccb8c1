using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>What the leaves of LiveDash's own text know of their series, point by point. Bounded by the windows' sizes and by whoever asks how many points it holds. Used by one thread.</summary>
internal sealed class LiveFolds
{
    private readonly SeriesFolds _maker;
    private readonly List<(SeriesExpr Expr, SeriesChoice Choice)> _leaves = [];
    private readonly Dictionary<int, List<LiveFold>> _bySeries = [];
    private readonly Dictionary<QueryExpr, List<LiveFold>> _byLeaf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<QueryExpr, List<(LiveFold Fold, FoldValue Said)>> _said = new(ReferenceEqualityComparer.Instance);

    private long _reached = long.MinValue;

    /// <summary>Prepares the leaves of a tree.</summary>
    public LiveFolds(QueryExpr tree, SeriesFolds maker)
    {
        _maker = maker;
        Collect(tree);
    }

    /// <summary>How many points the windows hold, and how many wait for their time.</summary>
    public long Held { get; private set; }

    /// <summary>Whether the tree has such leaves at all.</summary>
    public bool HasLeaves => _leaves.Count > 0;

    /// <summary>Adds a series to the leaves that choose it.</summary>
    public void Add(int series, LabelSet labels)
    {
        foreach (var (expr, choice) in _leaves)
        {
            if (!choice.Matches(labels)) continue;
            var fold = new LiveFold(labels, _maker.Make(expr, series));
            if (!_bySeries.TryGetValue(series, out var known)) _bySeries[series] = known = [];
            known.Add(fold);
            var folds = _byLeaf[expr];
            folds.Insert(LabelPlace.Of(folds, labels, static one => one.Labels), fold);
        }
    }

    /// <summary>What the leaves need of a series before their first moment; none where they do not choose it.</summary>
    public IEnumerable<FoldReach> Reaches(int series) => _bySeries.TryGetValue(series, out var folds) ? folds.Select(static one => one.Reach) : [];

    /// <summary>Tells that no moment comes before this one.</summary>
    public void Reach(long at) => _reached = at;

    /// <summary>Takes a point; it waits until a moment that is not before it.</summary>
    public void Take(in LiveArrival point)
    {
        if (!_bySeries.TryGetValue(point.Series, out var folds)) return;
        foreach (var fold in folds)
        {
            var before = fold.Held;
            fold.Take(point, _reached);
            Held += fold.Held - before;
        }
    }

    /// <summary>Lets the points that wait go on, of which some are not held any longer then. False where as many as there may be are held still, but for a sixteenth: so much room is left that not each point goes through all folds.</summary>
    public bool TryCompact(long maxPoints)
    {
        Held = 0;
        foreach (var folds in _bySeries.Values)
        {
            foreach (var fold in folds) Held += fold.Compact(_reached);
        }

        return Held < maxPoints - (maxPoints / 16);
    }

    /// <summary>Lets all windows go on to a moment, not before the last one, so that those which nobody asks hold nothing that is past.</summary>
    public void AdvanceTo(long at)
    {
        Held = 0;
        foreach (var folds in _bySeries.Values)
        {
            foreach (var fold in folds) Held += fold.AdvanceTo(at);
        }
    }

    /// <summary>What a leaf says at a moment, not before the last one. False where it says what it said last.</summary>
    public bool Read(SeriesExpr expr, long at, QueryBudget budget, SelectorData data)
    {
        var folds = _byLeaf[expr];
        budget.AddSeries(folds.Count);
        var (held, seen) = (new List<StepSeries>(folds.Count), new List<StepSeries>(folds.Count));
        var said = new List<(LiveFold, FoldValue)>(folds.Count);
        foreach (var fold in folds)
        {
            var before = fold.Held;
            var value = fold.At(at);
            Held += fold.Held - before;
            if (value.Value.IsAbsent()) continue;
            said.Add((fold, value));
            seen.Add(new(fold.Labels, [value.Value]));
            if (value.Holds) held.Add(new(fold.Labels, [value.Value]));
        }

        data.Put(expr, held, seen);
        var changed = !_said.TryGetValue(expr, out var last) || !last.SequenceEqual(said);
        _said[expr] = said;
        return changed;
    }

    private void Collect(QueryExpr expr)
    {
        if (expr is SeriesExpr series)
        {
            _leaves.Add((series, SeriesChoice.Of(series)));
            _byLeaf[series] = [];
        }

        foreach (var child in expr.Children) Collect(child);
    }
}
