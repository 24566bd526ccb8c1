using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>
/// An expression that is evaluated again and again as points arrive, out of memory: it keeps as many points as it looks back, and computes again only what sees other points than before. What it yields is
/// what an instant evaluation over the same points yields. Time is an argument and never goes back. Used by one thread.
/// </summary>
internal sealed class LiveExpression
{
    /// <summary>How many points one keeps at most, of 16 bytes each; where more arrive within its reach it has no answer until they are past.</summary>
    public const long MaxPoints = 2_000_000;

    private readonly QueryExpr _tree;
    private readonly QueryLimits _limits;
    private readonly LiveReach _reach;
    private readonly LiveReader _reader;
    private readonly NodeMemo _memo = new();
    private readonly Dictionary<int, LiveColumn> _columns = [];
    private readonly IReadOnlyList<VectorSelector> _selectors;
    private readonly long _maxPoints;
    // Where all selectors look at the newest point alone, as they stand, no other is kept: a fast series costs no more than a slow one.
    private readonly bool _isNewestOnly;
    private long _held;
    private long _reached = long.MinValue;
    private long _horizon = long.MinValue;
    private long _lostAt = long.MinValue;
    private bool _isCrowded;

    /// <summary>Makes one that has no points yet.</summary>
    public LiveExpression(QueryExpr tree, QueryLimits limits, long maxPoints = MaxPoints)
    {
        (_tree, _limits, _maxPoints) = (tree, limits, maxPoints);
        _reach = LiveReach.Of(tree, limits);
        _reader = new LiveReader(tree);
        _selectors = [.. Selectors(tree)];
        _isNewestOnly = IsNewestOnly(tree);
    }

    /// <summary>How many nodes and windows were computed since it was made.</summary>
    public long Computed => _memo.Computed;

    /// <summary>How many points it holds.</summary>
    public long Held => _held;

    /// <summary>All selectors of the tree.</summary>
    public IReadOnlyList<VectorSelector> Selected => _selectors;

    /// <summary>The time up to which an evaluation at a moment needs no points.</summary>
    public long Horizon(long at) => _reach.Horizon(at);

    /// <summary>Whether it looks at a series of these labels.</summary>
    public bool Wants(LabelSet labels)
    {
        foreach (var selector in _selectors)
        {
            if (SeriesIndex.Matches(selector.AllMatchers, labels)) return true;
        }

        return false;
    }

    /// <summary>Adds a series that it wants. One more than it may have leaves it without an answer.</summary>
    public void Add(int series, LabelSet labels)
    {
        if (_columns.ContainsKey(series)) return;
        if (_columns.Count >= _limits.MaxSeries)
        {
            _isCrowded = true;
            return;
        }

        var column = new LiveColumn(labels);
        _columns.Add(series, column);
        _reader.Add(column);
    }

    /// <summary>Adds a point of a series that was added; one that is too old to be looked at is passed over.</summary>
    public void Take(int series, long time, double value)
    {
        if (time <= _horizon || !_columns.TryGetValue(series, out var column)) return;
        if (_held >= _maxPoints)
        {
            Lose(time);
            return;
        }

        column.Add(time, value);
        _held++;
        if (_isNewestOnly && time <= _reached) _held -= column.DropBeforeNewest(_reached);
    }

    /// <summary>Tells that no evaluation comes at an earlier moment than this.</summary>
    public void Reach(long at) => _reached = Math.Max(_reached, at);

    /// <summary>Tells that a point of a time was not kept: without it there is no answer that looks at that time.</summary>
    public void Lose(long time) => _lostAt = Math.Max(_lostAt, time);

    /// <summary>Evaluates at a moment, not before the last one.</summary>
    /// <exception cref="QueryException">It has no answer, or passed a bound.</exception>
    public QueryResult Evaluate(long at, CancellationToken cancellationToken)
    {
        Forget(_reach.Horizon(at), at);
        if (_isCrowded) throw new QueryException(QueryErrorKind.Limit, $"The query touches more than {_limits.MaxSeries:N0} series (LiveDash:Query:MaxSeries). Narrow its selectors or its range.");
        if (_lostAt > _horizon) throw new QueryException(QueryErrorKind.Limit, $"The query keeps more than {_maxPoints:N0} points to be judged live. Narrow its selectors or shorten its ranges.");
        var budget = new QueryBudget(_limits, cancellationToken);
        var frame = new EvaluationFrame(at, at, _limits);
        var ended = false;
        try
        {
            var data = _reader.Read(frame, budget);
            _memo.Begin(_reader.Outer, _reader.Unchanged);
            var result = new ResultBuilder(StepGrid.At(at), true).Of(_tree, new Evaluator(data, frame, budget, _memo));
            ended = true;
            return result with { Warnings = budget.Warnings, Use = budget.Use };
        }
        finally
        {
            // What the reader saw is past, so nodes that were not reached must not be taken for unchanged.
            if (!ended) _memo.Clear();
        }
    }

    private void Forget(long horizon, long at)
    {
        if (horizon > _horizon)
        {
            _horizon = horizon;
            foreach (var column in _columns.Values) _held -= column.Drop(horizon);
        }

        Reach(at);
        if (!_isNewestOnly) return;
        foreach (var column in _columns.Values) _held -= column.DropBeforeNewest(_reached);
    }

    private static bool IsNewestOnly(QueryExpr expr) =>
        expr is not (MatrixSelector or SubqueryExpr) && (expr is not VectorSelector selector || selector.Shift == default) && expr.Children.All(IsNewestOnly);

    private static IEnumerable<VectorSelector> Selectors(QueryExpr expr) =>
        expr is VectorSelector selector ? [selector] : expr.Children.SelectMany(Selectors);
}
