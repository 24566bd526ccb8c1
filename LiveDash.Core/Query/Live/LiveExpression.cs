using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

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
    private readonly HashSet<int> _series = [];
    private readonly LiveFolds _folds;
    // Of what PromQL selects points are kept; windows of LiveDash's own text keep theirs.
    private readonly IReadOnlyList<SeriesChoice> _selected;
    private readonly IReadOnlyList<SeriesChoice> _choices;
    private readonly long _maxPoints;
    // Where all selectors look at the newest point alone, as they stand, no other is kept: a fast series costs no more than a slow one.
    private readonly bool _isNewestOnly;
    private long _held;
    private long _reached = long.MinValue;
    private long _horizon = long.MinValue;
    private long _lostAt = long.MinValue;
    private bool _isCrowded;
    private StoredSummaries? _summaries;
    // Why it has no answer any more, until it is made anew: of windows of LiveDash's own text nobody knows when a point that they miss is past.
    private QueryException? _fault;

    /// <summary>Makes one that has no points yet.</summary>
    public LiveExpression(QueryExpr tree, QueryLimits limits, long maxPoints = MaxPoints, SeriesFolds? folds = null)
    {
        (_tree, _limits, _maxPoints) = (tree, limits, maxPoints);
        _reach = LiveReach.Of(tree, limits);
        _folds = new LiveFolds(tree, folds ?? SeriesFolds.Plain);
        _reader = new LiveReader(tree, _folds);
        _selected = [.. Selectors(tree).Select(SeriesChoice.Of)];
        _choices = [.. SeriesChoice.All(tree)];
        _isNewestOnly = IsNewestOnly(tree);
    }

    /// <summary>How many nodes and windows were computed since it was made.</summary>
    public long Computed => _memo.Computed;

    /// <summary>How many points it holds.</summary>
    public long Held => _held + _folds.Held;

    /// <summary>True where it has no answer any more, so that more points are of no use.</summary>
    public bool IsLost => _fault is not null;

    /// <summary>What the leaves of the tree choose.</summary>
    public IReadOnlyList<SeriesChoice> Choices => _choices;

    /// <summary>The time up to which an evaluation at a moment needs no points.</summary>
    public long Horizon(long at) => _reach.Horizon(at);

    /// <summary>Adds a series that it wants. One more than it may have leaves it without an answer.</summary>
    public void Add(int series, LabelSet labels)
    {
        if (IsLost || _series.Contains(series)) return;
        if (_series.Count >= _limits.MaxSeries)
        {
            _isCrowded = true;
            return;
        }

        _series.Add(series);
        try
        {
            _folds.Add(series, labels);
            if (!_selected.Any(choice => choice.Matches(labels))) return;
        }
        catch (QueryException fault)
        {
            Fail(fault);
            return;
        }

        var column = new LiveColumn(labels);
        _columns.Add(series, column);
        _reader.Add(column);
    }

    /// <summary>What windows of LiveDash's own text need of a series before the first evaluation.</summary>
    public IEnumerable<FoldReach> Reaches(int series) => _folds.Reaches(series);

    /// <summary>Tells that some of the points are summaries.</summary>
    public void Note(StoredSummaries summaries) => _summaries = StoredSummaries.Both(_summaries, summaries);

    /// <summary>Adds a point of a series that was added.</summary>
    public void Take(int series, long time, double value) => Take(new LiveArrival(series, time, value));

    /// <summary>Adds a point of a series that was added; one that is too old to be looked at is passed over.</summary>
    public void Take(in LiveArrival point)
    {
        if (IsLost) return;
        if (_folds.Held >= _maxPoints && !_folds.TryCompact(_maxPoints))
        {
            Fail(TooMany());
            return;
        }

        _folds.Take(point);
        var (time, value) = (point.Time, point.Value);
        if (time <= _horizon || !_columns.TryGetValue(point.Series, out var column)) return;
        if (_held >= _maxPoints)
        {
            _lostAt = Math.Max(_lostAt, time);
            return;
        }

        column.Add(time, value);
        _held++;
        if (_isNewestOnly && time <= _reached) _held -= column.DropBeforeNewest(_reached);
    }

    /// <summary>Tells that no evaluation comes at an earlier moment than this.</summary>
    public void Reach(long at)
    {
        _reached = Math.Max(_reached, at);
        _folds.Reach(_reached);
        var horizon = _reach.Horizon(_reached);
        if (horizon <= _horizon) return;
        _horizon = horizon;
        foreach (var column in _columns.Values) _held -= column.Drop(horizon);
    }

    /// <summary>Tells that a point of a time was not kept: without it there is no answer that looks at that time, and none of windows of LiveDash's own text.</summary>
    public void Lose(long time)
    {
        _lostAt = Math.Max(_lostAt, time);
        if (_folds.HasLeaves) Fail(TooMany());
    }

    /// <summary>Tells that there is no answer until it is made anew, and why.</summary>
    public void Fail(QueryException fault) => _fault ??= fault;

    /// <summary>Evaluates at a moment, not before the last one.</summary>
    /// <exception cref="QueryException">It has no answer, or passed a bound.</exception>
    public QueryResult Evaluate(long at, CancellationToken cancellationToken)
    {
        Reach(at);
        if (_fault is not null) throw new QueryException(_fault.Kind, _fault.Message);
        if (_isNewestOnly) Forget();
        if (_isCrowded) throw new QueryException(QueryErrorKind.Limit, $"The query touches more than {_limits.MaxSeries:N0} series (LiveDash:Query:MaxSeries). Narrow its selectors or its range.");
        if (_lostAt > _horizon) throw TooMany();
        if (_folds.Held > _maxPoints) _folds.AdvanceTo(at);
        if (_folds.Held > _maxPoints) throw TooMany();
        var budget = new QueryBudget(_limits, cancellationToken);
        var frame = new EvaluationFrame(at, at, _limits);
        var ended = false;
        try
        {
            var data = _reader.Read(frame, budget);
            _memo.Begin(_reader.Outer, _reader.Unchanged);
            var result = new ResultBuilder(StepGrid.At(at), true).Of(_tree, new Evaluator(data, frame, budget, _memo));
            ended = true;
            if (_summaries is { } summaries && summaries.Until > _horizon) budget.Warn(LiveSummaries(summaries));
            return result with { Warnings = budget.Warnings, Use = budget.Use };
        }
        finally
        {
            // What the reader saw is past, so nodes that were not reached must not be taken for unchanged.
            if (!ended) _memo.Clear();
        }
    }

    // It keeps times and values alone.
    private static string LiveSummaries(StoredSummaries summaries) => $"Some of the points are {summaries} (LiveDash:Storage:Tiers), of which an expression that is judged live sees the last of each.";

    private QueryException TooMany() => new(QueryErrorKind.Limit, $"The query keeps more than {_maxPoints:N0} points to be judged live. Narrow its selectors or shorten its ranges.");

    private void Forget()
    {
        foreach (var column in _columns.Values) _held -= column.DropBeforeNewest(_reached);
    }

    private static bool IsNewestOnly(QueryExpr expr) =>
        expr is not (MatrixSelector or SubqueryExpr) && (expr is not VectorSelector selector || selector.Shift == default) && expr.Children.All(IsNewestOnly);

    private static IEnumerable<VectorSelector> Selectors(QueryExpr expr) =>
        expr is VectorSelector selector ? [selector] : expr.Children.SelectMany(Selectors);
}
