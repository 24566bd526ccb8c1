using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Live;

/// <summary>
/// An expression that is judged as points arrive, at most so many times a second, until it is disposed. Readers get the newest answer; a slow one passes over those between. Thread-safe.
/// </summary>
public sealed class LiveQuery : IDisposable
{
    /// <summary>How often one is judged without a point, since windows move on.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How long a past that cannot be read is left alone at most; at first it is <see cref="Tick"/>, and twice as long each time.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LiveQueries _hub;
    private readonly QueryExpr _tree;
    private readonly QueryLimits _limits;
    private readonly long _pause;
    private readonly long _maxPoints;
    private readonly TimeProvider _time;
    private readonly HashSet<int> _known = [];
    // At most as many as the expression keeps; more are lost, which the expression tells until they are past. Emptied by each evaluation.
    private List<LiveArrival> _inbox = [];
    private long _lostAt = long.MinValue;
    private LiveExpression _expression;
    private volatile LiveUpdate? _latest;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _judgedAt = long.MinValue;
    // Why it cannot follow its series any more; for good.
    private QueryException? _fault;
    private bool _isReady;
    private bool _isClosed;
    // How often its past was to be read anew: a reading that began before does not count.
    private int _generation;
    private TimeSpan _pastPause = Tick;
    // One that takes long is left alone for ten times as long, so that no expression keeps the loop busy.
    private long _rest;

    internal LiveQuery(LiveQueries hub, QueryExpr tree, QueryLimits limits, double maxPerSecond, long maxPoints, TimeProvider time)
    {
        (_hub, _tree, _limits, _maxPoints, _time) = (hub, tree, limits, maxPoints, time);
        _pause = (long)(TimeSpan.TicksPerSecond / maxPerSecond);
        _expression = Anew();
        Choices = _expression.Choices;
    }

    /// <summary>How many points it holds, those that wait included.</summary>
    public long Held
    {
        get { lock (_gate) return _expression.Held + _inbox.Count; }
    }

    /// <summary>What each evaluation may take.</summary>
    internal QueryLimits Limits => _limits;

    /// <summary>Whether its choices are held against series that come. Under the lock of who hands it points.</summary>
    internal bool IsFollowing { get; set; }

    /// <summary>Which one it was to follow its series, counted from 1; 0 before it does. Under the same lock.</summary>
    internal long Followed { get; set; }

    /// <summary>What its leaves choose.</summary>
    internal IReadOnlyList<SeriesChoice> Choices { get; }

    /// <summary>The expression.</summary>
    public QueryExpr Expr => _tree;

    /// <summary>The newest answer; null before the first.</summary>
    public LiveUpdate? Latest => _latest;

    /// <summary>Waits for an answer newer than one that was read.</summary>
    /// <param name="after">The number of the last one read; 0 for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LiveUpdate> NextAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (_gate) news = _news.Task;
            if (_latest is { } latest && latest.Number > after) return latest;
            await news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        lock (_gate) _isClosed = true;
        _hub.Close(this);
        lock (_gate) ReleaseBatches_NeedsLock(_inbox);
    }

    /// <summary>Takes a point that arrives.</summary>
    internal void Take(PointBatch batch, int index)
    {
        var time = batch.Times[index];
        lock (_gate)
        {
            if (_fault is not null) return;
            if (_inbox.Count >= _maxPoints)
            {
                _lostAt = Math.Max(_lostAt, time);
                return;
            }

            if (!_isReady) batch.RetainToRead();
            var (x, y) = batch.HasLocations ? (batch.X[index], batch.Y[index]) : (double.NaN, double.NaN);
            _inbox.Add(new(batch.Series[index], time, batch.Values[index], x, y, _isReady ? null : batch));
        }
    }

    /// <summary>Tells that nobody knows any more which series it wants: from now on it has no answer, and why.</summary>
    internal void Fail(QueryException fault)
    {
        lock (_gate) _fault ??= fault;
    }

    /// <summary>Begins with the past of the store: the expression is made anew of it, and of what arrived meanwhile and is not part of it.</summary>
    /// <param name="past">Points with the greatest id that was read of each series.</param>
    /// <param name="generation">Which of its pasts that is: one that is read anew meanwhile is passed over.</param>
    internal void Begin(LivePast past, int generation)
    {
        lock (_gate)
        {
            if (_isClosed || _isReady || generation != _generation) return;
            var waiting = _inbox;
            _inbox = [.. waiting.Where(one => one.Batch is not { } batch || !past.Holds(one.Series, batch.CommitId)).Select(static one => one with { Batch = null })];
            ReleaseBatches_NeedsLock(waiting);
            _expression = past.Expression;
            _known.Clear();
            _known.UnionWith(past.Series);
            (_isReady, _pastPause) = (true, Tick);
        }
    }

    /// <summary>Tells that its past cannot be read now: that is its answer until it can.</summary>
    /// <param name="why">The store's own words.</param>
    /// <returns>After how long it is to be tried again.</returns>
    internal TimeSpan FailPast(string why)
    {
        var pause = _pastPause;
        _pastPause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        Publish(_time.GetUtcNow().UtcTicks, 0, null, new QueryException(QueryErrorKind.Execution, $"The points that it begins with cannot be read; it is tried again in {pause.TotalSeconds:0} s. {why}"));
        return pause;
    }

    /// <summary>Forgets what arrived, since the past is read again; it is handed what the store may not hold yet, and what arrives from now on waits.</summary>
    internal void Restart()
    {
        lock (_gate)
        {
            _isReady = false;
            _generation++;
            // What was lost is read, or handed again.
            _lostAt = long.MinValue;
            ReleaseBatches_NeedsLock(_inbox);
        }
    }

    /// <summary>Whether its past is still to be read, and which.</summary>
    internal bool AwaitsPast(out int generation)
    {
        lock (_gate)
        {
            generation = _generation;
            return !_isReady && !_isClosed;
        }
    }

    /// <summary>Makes an empty expression to read the past into.</summary>
    internal LiveExpression Anew() => new(_tree, _limits, _maxPoints, _hub.Folds);

    /// <summary>Judges where it is time: points came and the pause is over, or a tick has passed. False where it was not.</summary>
    internal bool Step(long now, SeriesIndex index, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isReady || _isClosed) return false;
            var since = _judgedAt == long.MinValue ? long.MaxValue : now - _judgedAt;
            if (since < Math.Max(_rest, _inbox.Count > 0 ? _pause : Math.Max(_pause, Tick.Ticks))) return false;
            _judgedAt = now;
            Drain_NeedsLock(index);
        }

        Publish(now, cancellationToken);
        return true;
    }

    private void Drain_NeedsLock(SeriesIndex index)
    {
        if (_fault is not null) _expression.Fail(_fault);
        foreach (var point in _inbox)
        {
            if (_known.Add(point.Series)) _expression.Add(point.Series, index.Labels(point.Series));
            _expression.Take(point);
        }

        if (_lostAt != long.MinValue) _expression.Lose(_lostAt);
        _lostAt = long.MinValue;
        _inbox.Clear();
    }

    // The expression belongs to the one loop that steps, so only the news take the lock.
    private void Publish(long now, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        QueryResult? result = null;
        QueryException? fault = null;
        try
        {
            result = _expression.Evaluate(now, cancellationToken);
        }
        catch (QueryException exception)
        {
            fault = exception;
        }

        Publish(now, _time.GetElapsedTime(begun).Ticks, result, fault);
    }

    private void Publish(long now, long took, QueryResult? result, QueryException? fault)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            _rest = 10 * took;
            _latest = new((_latest?.Number ?? 0) + 1, now, took, result, fault);
            (news, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        news.SetResult();
    }

    private static void ReleaseBatches_NeedsLock(List<LiveArrival> arrivals)
    {
        foreach (var arrival in arrivals) arrival.Batch?.ReleaseRead();
        arrivals.Clear();
    }
}
