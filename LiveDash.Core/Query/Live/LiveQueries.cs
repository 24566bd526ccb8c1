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
    // How many ever followed their series.
    private long _followed;
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
    /// <exception cref="QueryException">There are too many, it yields neither, or its series cannot be chosen.</exception>
    public LiveQuery Open(QueryExpr expr, QueryLimits limits, double maxPerSecond, long maxPoints = LiveExpression.MaxPoints)
    {
        ArgumentNullException.ThrowIfNull(expr);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPerSecond);
        if (expr.Kind is not (ValueKind.Scalar or ValueKind.Vector)) throw new QueryException(QueryErrorKind.Execution, "An expression that is judged live yields a scalar or an instant vector.");
        if (Count >= MaxQueries) throw TooMany();
        var query = new LiveQuery(this, expr, limits, maxPerSecond, maxPoints, _time);
        try
        {
            Follow(query);
        }
        catch (Exception fault)
        {
            query.Dispose();
            if (fault is QueryException) throw;
            throw new QueryException(QueryErrorKind.Limit, "The expression cannot be judged live: " + fault.Message);
        }

        _readings.Enqueue(query);
        return query;
    }

    // What it wants of the series there are is chosen before the lock is taken, since points wait for that: within are only those that come meanwhile.
    private void Follow(LiveQuery query)
    {
        var (wanted, known) = Choose(query);
        lock (_gate)
        {
            if (_queries.Count >= MaxQueries) throw TooMany();
            _queries.Add(query);
            foreach (var choice in query.Choices) _choices.Add(choice, query);
            query.IsFollowing = true;
            query.Followed = ++_followed;
            _stepped = null;
            for (; known < _catalog.Count; known++)
            {
                if (Wants(query, known)) wanted.Add(known);
            }

            foreach (var series in wanted)
            {
                if (series < _interest.Length && _interest[series] is { } watching) _interest[series] = [.. watching, query];
            }

            LetGo_NeedsLock();
            foreach (var batch in _recent) Hand(batch, query, wanted.Contains);
        }
    }

    // Of how many series, from the first on, it was asked.
    private (HashSet<int> Wanted, int Known) Choose(LiveQuery query)
    {
        Choosing?.Invoke();
        var known = _catalog.Count;
        var wanted = _reader.Wanted(query.Choices).Select(static series => series.Id).ToHashSet();
        for (; known < _catalog.Count; known++)
        {
            if (Wants(query, known)) wanted.Add(known);
        }

        return (wanted, known);
    }

    private bool Wants(LiveQuery query, int series)
    {
        var labels = _index.Labels(series);
        return query.Choices.Any(choice => choice.Matches(labels));
    }

    private static QueryException TooMany() => new(QueryErrorKind.Limit, $"There are {MaxQueries:N0} live expressions at most.");

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        var met = Meet(batch);
        lock (_gate)
        {
            foreach (var one in met) Learn_NeedsLock(one);
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
                foreach (var batch in _recent) Hand(batch, query, one => Array.IndexOf(Interest_NeedsLock(one), query) >= 0);
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

    /// <summary>Called before series are chosen, of which points wait for none. For tests.</summary>
    internal Action? Choosing { get; set; }

    /// <summary>Makes what windows of LiveDash's own text are kept up to date by.</summary>
    internal SeriesFolds Folds { get; }

    /// <summary>Ends one.</summary>
    internal void Close(LiveQuery query)
    {
        lock (_gate)
        {
            if (!_queries.Remove(query)) return;
            _stepped = null;
            Unfollow_NeedsLock(query);
        }

        _readings.Stop(query);
        IEnumerable<int> watched;
        try
        {
            watched = Choose(query).Wanted;
        }
        catch (QueryException)
        {
            watched = Enumerable.Range(0, _catalog.Count);
        }

        lock (_gate)
        {
            foreach (var series in watched)
            {
                if (series < _interest.Length && _interest[series] is { } watching && Array.IndexOf(watching, query) >= 0) _interest[series] = Array.FindAll(watching, one => one != query);
            }
        }
    }

    private void Unfollow_NeedsLock(LiveQuery query)
    {
        if (!query.IsFollowing) return;
        query.IsFollowing = false;
        foreach (var choice in query.Choices) _choices.Remove(choice, query);
    }

    private void LetGo_NeedsLock()
    {
        while (_recent.TryPeek(out var oldest) && oldest.IsSettled) _recent.Dequeue().ReleaseRead();
    }

    private static void Hand(PointBatch batch, LiveQuery query, Func<int, bool> wanted)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (wanted(batch.Series[i])) query.Take(batch, i);
        }
    }

    // Who looks at the series of a batch that nobody has asked about yet. Regular expressions are run outside the lock, so that points of other series do not wait for them.
    private MetSeries[] Meet(PointBatch batch)
    {
        HashSet<int>? unknown = null;
        lock (_gate)
        {
            // Who comes later chooses among the series there are.
            if (_queries.Count == 0) return [];
            foreach (var series in batch.Series)
            {
                if (series >= _interest.Length || _interest[series] is null) (unknown ??= []).Add(series);
            }
        }

        if (unknown is null) return [];
        Choosing?.Invoke();
        return [.. unknown.Select(Meet)];
    }

    private MetSeries Meet(int series)
    {
        var labels = _index.Labels(series);
        IEnumerable<(SeriesChoice Choice, LiveQuery Query)> narrowed;
        long followed;
        lock (_gate) (narrowed, followed) = (_choices.Narrow(labels), _followed);
        var met = new MetSeries(series, labels, followed);
        met.Ask(narrowed);
        return met;
    }

    // Of one that was not met before, only where an expression came since: the first of all.
    private LiveQuery[] Interest_NeedsLock(int series)
    {
        if (series >= _interest.Length || _interest[series] is null) Learn_NeedsLock(new MetSeries(series, _index.Labels(series), 0));
        return _interest[series]!;
    }

    private void Learn_NeedsLock(MetSeries met)
    {
        if (met.Series >= _interest.Length) Array.Resize(ref _interest, Math.Max(Math.Max(_catalog.Count, met.Series + 1), 2 * _interest.Length));
        if (_interest[met.Series] is not null) return;
        // Those that came meanwhile.
        if (_followed > met.Followed) met.Ask(_choices.Narrow(met.Labels).Where(one => one.Owner.Followed > met.Followed));
        // One that takes too long to say whether it wants a series is asked about no other.
        foreach (var (query, fault) in met.Failed)
        {
            query.Fail(fault);
            Unfollow_NeedsLock(query);
        }

        _interest[met.Series] = [.. met.Wanted.Where(static query => query.IsFollowing)];
    }
}
