using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query;

/// <summary>
/// Evaluates expressions over stored points, at one moment or at the steps of a range: reads what the selectors need, then computes all steps at once. Thread-safe; an evaluation is
/// bounded by its <see cref="QueryLimits"/> and ends at the next block of points when it is cancelled.
/// </summary>
public sealed class QueryEngine
{
    private readonly ISampleSource _source;
    private readonly SeriesFolds _folds;
    private readonly TimeProvider _time;

    /// <summary>Makes one over a store.</summary>
    /// <param name="catalog">The series.</param>
    /// <param name="store">Their points.</param>
    /// <param name="time">Bounds how long an evaluation takes.</param>
    /// <param name="clock">The clock by which series repeat, for anomalies; UTC where it is left out.</param>
    public QueryEngine(SeriesCatalog catalog, IPointStore store, TimeProvider time, LocalClock? clock = null)
        : this(new StoreSampleSource(catalog, store), time, SeriesFolds.Of(catalog, clock))
    {
    }

    internal QueryEngine(ISampleSource source, TimeProvider time, SeriesFolds? folds = null) => (_source, _time, _folds) = (source, time, folds ?? SeriesFolds.Plain);

    /// <summary>The labels of the series that match, in their order.</summary>
    public IReadOnlyList<LabelSet> Series(IReadOnlyList<LabelMatcher> matchers) => [.. Select(matchers).Select(static one => one.Labels)];

    /// <summary>The same with their numbers.</summary>
    internal IReadOnlyList<SourceSeries> Select(IReadOnlyList<LabelMatcher> matchers) => _source.Select(SeriesChoice.Of(matchers));

    /// <summary>Whether some of what is stored of series within a range are summaries; null where all are points as they came. Nothing is read.</summary>
    public StoredSummaries? FindSummaries(IEnumerable<int> series, TimeRange range)
    {
        ArgumentNullException.ThrowIfNull(series);
        return StoredSummaries.OfAll(series.Select(one => _source.FindSummaries(one, range)));
    }

    /// <summary>The same of all series that an expression looks at.</summary>
    public StoredSummaries? FindSummaries(QueryExpr expr, TimeRange range)
    {
        ArgumentNullException.ThrowIfNull(expr);
        return FindSummaries(SeriesChoice.All(expr).SelectMany(_source.Select).Select(static one => one.Id), range);
    }

    /// <summary>Evaluates at one moment.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="at">The moment in UTC ticks.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="QueryException">It has no answer, or passed a bound.</exception>
    public Task<QueryResult> InstantAsync(QueryExpr expr, long at, QueryLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expr);
        ArgumentNullException.ThrowIfNull(limits);
        return BoundedAsync(expr, StepGrid.At(at), at, limits, true, cancellationToken);
    }

    /// <summary>Evaluates at the steps of a range: <paramref name="from"/>, and every step after it that is not behind <paramref name="to"/>.</summary>
    /// <param name="expr">A scalar or vector expression.</param>
    /// <param name="from">The first moment in UTC ticks.</param>
    /// <param name="to">The last moment in UTC ticks; not before the first.</param>
    /// <param name="step">How far the steps are apart in ticks; more than 0.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="QueryException">It has no answer, or passed a bound.</exception>
    public Task<QueryResult> RangeAsync(QueryExpr expr, long from, long to, long step, QueryLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expr);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        if (expr.Kind is ValueKind.Matrix or ValueKind.String)
        {
            var kind = expr.Kind == ValueKind.Matrix ? "range vector" : "string";
            throw new QueryException(QueryErrorKind.Execution, $"invalid expression type \"{kind}\" for range query, must be Scalar or instant Vector");
        }

        var steps = ((to - from) / step) + 1;
        if (steps > limits.MaxSteps)
        {
            throw new QueryException(QueryErrorKind.Limit, $"exceeded maximum resolution of {limits.MaxSteps:N0} points per timeseries (LiveDash:Query:MaxSteps). Try a longer step or a shorter range.");
        }

        return BoundedAsync(expr, new StepGrid(from, step, (int)steps), to, limits, false, cancellationToken);
    }

    private async Task<QueryResult> BoundedAsync(QueryExpr expr, StepGrid grid, long end, QueryLimits limits, bool isInstant, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limits.MaxTime, _time);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var budget = new QueryBudget(limits, stopped.Token);
        try
        {
            // Away from the caller's context: evaluating must not run on a circuit's dispatcher.
            return await Task.Run(() => EvaluateAsync(expr, grid, end, isInstant, budget), stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QueryException(QueryErrorKind.Timeout, $"query timed out: it may take {limits.MaxTime.TotalSeconds:0.###} s (LiveDash:Query:MaxTime)");
        }
    }

    private async Task<QueryResult> EvaluateAsync(QueryExpr expr, StepGrid grid, long end, bool isInstant, QueryBudget budget)
    {
        var frame = new EvaluationFrame(grid.Start, end, budget.Limits);
        var data = new SelectorData();
        var reader = new SelectorReader(_source, _folds, frame, budget, data);
        await reader.ReadAsync(expr, grid).ConfigureAwait(false);
        var evaluator = new Evaluator(data, frame, budget);
        var answer = new ResultBuilder(grid, isInstant);
        var result = answer.Of(expr, evaluator);
        return result with { Warnings = budget.Warnings, Use = budget.Use };
    }
}
