using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Live;

/// <summary>
/// Judges expressions as points arrive: hands each point to the expressions that look at its series, and steps those that are due. A new one begins with the past that the store holds; what arrives while that
/// is read is joined without a gap or a repeat, by commits. Thread-safe; <see cref="StepAsync"/> is for one caller at a time.
/// </summary>
public sealed class LiveQueries : IPointConsumer
{
    /// <summary>How many there may be at once.</summary>
    public const int MaxQueries = 20_000;

    private readonly SeriesCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly PastReader _reader;
    private readonly PastReadings _readings;
    private readonly SeriesIndex _index;
    private readonly Lock _gate = new();
    private readonly HashSet<LiveQuery> _queries = [];
    private readonly ChoiceIndex<LiveQuery> _choices = new();
    // Batches that the store has not committed yet: a scan may miss their points. At most as many as the pipeline holds.
    private readonly Queue<PointBatch> _recent = new();
    // By series: who looks at it; null for a series that nobody has asked about yet.
    private LiveQuery[]?[] _interest = [];
    // Null where one came or went since the last step.
    private LiveQuery[]? _stepped = [];

    /// <summary>Makes one that has no expressions.</summary>
    /// <param name="catalog">The series.</param>
    /// <param name="store">Their points.</param>
    /// <param name="time">The clock of the evaluations.</param>
    /// <param name="clock">The clock by which series repeat, for anomalies; UTC where it is left out.</param>
    public LiveQueries(SeriesCatalog catalog, IPointStore store, TimeProvider time, LocalClock? clock = null)
    {
        (_catalog, _time) = (catalog, time);
        Folds = SeriesFolds.Of(catalog, clock);
        _index = SeriesIndex.Of(catalog);
        _reader = new PastReader(new StoreSampleSource(catalog, store), store, time);
        _readings = new PastReadings(_reader, time);
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get { lock (_gate) return _queries.Count; }
    }

    /// <summary>Begins to judge an expression; its owner disposes it.</summary>
    /// <param name="expr">A scalar or vector expression.</param>
    /// <param name="limits">What each evaluation may take.</param>
    /// <param name="maxPerSecond">How many evaluations a second there are at most; more than 0.</param>
    /// <param name="maxPoints">How many points it keeps at most, of 16 bytes each; where more arrive within its reach it has no answer until they are past.</param>
    /// <exception cref="QueryException">There are too many, or it yields neither.</exception>
    public LiveQuery Open(QueryExpr expr, QueryLimits limits, double maxPerSecond, long maxPoints = LiveExpression.MaxPoints)
    {
        ArgumentNullException.ThrowIfNull(expr);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPerSecond);
        if (expr.Kind is not (ValueKind.Scalar or ValueKind.Vector)) throw new QueryException(QueryErrorKind.Execution, "An expression that is judged live yields a scalar or an instant vector.");
        var query = new LiveQuery(this, expr, limits, maxPerSecond, maxPoints, _time);
        lock (_gate)
        {
            if (_queries.Count >= MaxQueries) throw new QueryException(QueryErrorKind.Limit, $"There are {MaxQueries:N0} live expressions at most.");
            _queries.Add(query);
            foreach (var choice in query.Choices) _choices.Add(choice, query);
            _stepped = null;
            Watch_NeedsLock(query);
            LetGo_NeedsLock();
            foreach (var batch in _recent) Hand_NeedsLock(batch, query);
        }

        _readings.Enqueue(query);
        return query;
    }

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LetGo_NeedsLock();
            batch.RetainToRead();
            _recent.Enqueue(batch);
            if (_queries.Count == 0) return ValueTask.CompletedTask;
            var series = batch.Series;
            for (var i = 0; i < series.Length; i++)
            {
                foreach (var query in Interest_NeedsLock(series[i])) query.Take(batch, i);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Replaced(IReadOnlyCollection<int> series)
    {
        lock (_gate)
        {
            foreach (var query in series.Where(one => one < _interest.Length).SelectMany(one => _interest[one] ?? []).Distinct())
            {
                query.Restart();
                foreach (var batch in _recent) Hand_NeedsLock(batch, query);
                _readings.Stop(query);
                _readings.Enqueue(query);
            }
        }
    }

    /// <summary>Reads the past of those that are new, as far as there is time for, and judges those that are due. How many were judged.</summary>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await _readings.StepAsync(cancellationToken).ConfigureAwait(false);
        LiveQuery[] stepped;
        lock (_gate) stepped = _stepped ??= [.. _queries];
        var judged = 0;
        var now = _time.GetUtcNow().UtcTicks;
        foreach (var query in stepped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (query.Step(now, _index, cancellationToken)) judged++;
        }

        return judged;
    }

    /// <summary>The newest fault of a past that could not be read since this was asked last; null for none. Its expression tells it too.</summary>
    internal Exception? TakeFault() => _readings.TakeFault();

    /// <summary>Makes what windows of LiveDash's own text are kept up to date by.</summary>
    internal SeriesFolds Folds { get; }

    /// <summary>Ends one.</summary>
    internal void Close(LiveQuery query)
    {
        lock (_gate)
        {
            if (!_queries.Remove(query)) return;
            _stepped = null;
            foreach (var choice in query.Choices) _choices.Remove(choice, query);
            foreach (var series in _reader.Wanted(query.Choices))
            {
                if (series.Id < _interest.Length && _interest[series.Id] is { } watching) _interest[series.Id] = Array.FindAll(watching, one => one != query);
            }
        }

        _readings.Stop(query);
    }

    private void LetGo_NeedsLock()
    {
        while (_recent.TryPeek(out var oldest) && oldest.IsSettled) _recent.Dequeue().ReleaseRead();
    }

    private void Hand_NeedsLock(PointBatch batch, LiveQuery query)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (Array.IndexOf(Interest_NeedsLock(batch.Series[i]), query) >= 0) query.Take(batch, i);
        }
    }

    private void Watch_NeedsLock(LiveQuery query)
    {
        foreach (var series in _reader.Wanted(query.Choices))
        {
            if (series.Id < _interest.Length && _interest[series.Id] is { } watching) _interest[series.Id] = [.. watching, query];
        }
    }

    private LiveQuery[] Interest_NeedsLock(int series)
    {
        if (series >= _interest.Length) Array.Resize(ref _interest, Math.Max(Math.Max(_catalog.Count, series + 1), 2 * _interest.Length));
        return _interest[series] ??= [.. _choices.Find(_index.Labels(series))];
    }
}
