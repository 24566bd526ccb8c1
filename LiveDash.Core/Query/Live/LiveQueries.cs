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
public sealed class LiveQueries(SeriesCatalog catalog, IPointStore store, TimeProvider time, LocalClock? clock = null) : IPointConsumer
{
    /// <summary>How many there may be at once.</summary>
    public const int MaxQueries = 20_000;

    // So long it begins to read the past of new ones before those that run have their turn. One that is begun is read to its end, all series within its reach, or until it has no answer any more.
    private static readonly TimeSpan s_reading = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<LiveQuery> _queries = [];
    private readonly StoreSampleSource _source = new(catalog, store);
    // By the name that a selector asks for; those that ask for none exactly stand under the empty one.
    private readonly Dictionary<string, List<LiveQuery>> _byName = new(StringComparer.Ordinal);
    private readonly Queue<LiveQuery> _unread = new();
    // Batches that the store has not committed yet: a scan may miss their points. At most as many as the pipeline holds.
    private readonly Queue<PointBatch> _recent = new();
    // By series: who looks at it; null for a series that nobody has asked about yet.
    private LiveQuery[]?[] _interest = [];
    private LiveQuery[] _stepped = [];

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
        var query = new LiveQuery(this, expr, limits, maxPerSecond, maxPoints, time);
        lock (_gate)
        {
            if (_queries.Count >= MaxQueries) throw new QueryException(QueryErrorKind.Limit, $"There are {MaxQueries:N0} live expressions at most.");
            _queries.Add(query);
            foreach (var name in Names(query))
            {
                if (!_byName.TryGetValue(name, out var asking)) _byName[name] = asking = [];
                asking.Add(query);
            }

            _stepped = [.. _queries];
            Watch_NeedsLock(query);
            foreach (var batch in _recent) Hand_NeedsLock(batch, query);
            _unread.Enqueue(query);
        }

        return query;
    }

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            while (_recent.TryPeek(out var oldest) && oldest.IsSettled) _recent.Dequeue().ReleaseRead();
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
                _unread.Enqueue(query);
            }
        }
    }

    /// <summary>Reads the past of those that are new, and judges those that are due. How many were judged.</summary>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < s_reading)
        {
            LiveQuery? unread;
            lock (_gate)
            {
                if (!_unread.TryDequeue(out unread)) break;
                if (!_queries.Contains(unread)) continue;
            }

            try
            {
                unread.Begin(await ReadAsync(unread, cancellationToken).ConfigureAwait(false));
            }
            catch
            {
                // Told by the loop, which comes back to it.
                lock (_gate) _unread.Enqueue(unread);
                throw;
            }
        }

        var judged = 0;
        var now = time.GetUtcNow().UtcTicks;
        foreach (var query in _stepped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (query.Step(now, catalog, cancellationToken)) judged++;
        }

        return judged;
    }

    /// <summary>Makes what windows of LiveDash's own text are kept up to date by.</summary>
    internal SeriesFolds Folds { get; } = SeriesFolds.Of(catalog, clock);

    /// <summary>Ends one.</summary>
    internal void Close(LiveQuery query)
    {
        lock (_gate)
        {
            if (!_queries.Remove(query)) return;
            _stepped = [.. _queries];
            foreach (var name in Names(query))
            {
                _byName[name].Remove(query);
                if (_byName[name].Count == 0) _byName.Remove(name);
            }

            foreach (var series in Wanted(query))
            {
                if (series.Id < _interest.Length && _interest[series.Id] is { } watching) _interest[series.Id] = Array.FindAll(watching, one => one != query);
            }
        }
    }

    private async Task<LivePast> ReadAsync(LiveQuery query, CancellationToken cancellationToken)
    {
        var past = new LivePast(query.Anew());
        var now = time.GetUtcNow().UtcTicks;
        past.Expression.Reach(now);
        try
        {
            foreach (var (series, labels) in Wanted(query))
            {
                past.Expression.Add(series, labels);
                past.Read(series, 0);
                await ReadAsync(query, past, series, now, cancellationToken).ConfigureAwait(false);
                if (past.Expression.IsLost) break;
            }
        }
        catch (QueryException fault)
        {
            // One that passes a bound, of time too, is answered so at each of its turns, and the others have theirs; a rule asks the store from then on.
            past.Expression.Fail(new QueryException(QueryErrorKind.Limit, fault.Message));
        }

        return past;
    }

    private async Task ReadAsync(LiveQuery query, LivePast past, int series, long now, CancellationToken cancellationToken)
    {
        var first = await BeginAsync(query, past.Expression.Reaches(series), series, now, cancellationToken).ConfigureAwait(false);
        var points = new PointQuery { Series = [series], Range = new TimeRange(Math.Max(0, first), long.MaxValue) };
        await foreach (var block in store.ScanAsync(points, cancellationToken).ConfigureAwait(false))
        {
            Keep(past, series, block);
            if (past.Expression.IsLost) return;
        }
    }

    private async Task<long> BeginAsync(LiveQuery query, IEnumerable<FoldReach> reaches, int series, long now, CancellationToken cancellationToken)
    {
        var from = query.Horizon(now);
        var budget = new QueryBudget(query.Limits, cancellationToken);
        foreach (var reach in reaches) from = Math.Min(from, await reach.BeginAsync(now, _source.ScanAsync(series, new TimeRange(0, now + 1), true, budget)).ConfigureAwait(false));
        return from;
    }

    private static void Keep(LivePast past, int series, PointBlock block)
    {
        var newest = 0L;
        var ids = block.Ids.Span;
        var times = block.Times.Span;
        var values = block.Values.Span;
        var x = block.X.Span;
        var y = block.Y.Span;
        for (var i = 0; i < ids.Length; i++)
        {
            newest = Math.Max(newest, ids[i]);
            past.Expression.Take(new LiveArrival(series, times[i], values[i], x.IsEmpty ? double.NaN : x[i], y.IsEmpty ? double.NaN : y[i]));
        }

        past.Read(series, newest);
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
        foreach (var series in Wanted(query))
        {
            if (series.Id < _interest.Length && _interest[series.Id] is { } watching) _interest[series.Id] = [.. watching, query];
        }
    }

    private IEnumerable<SourceSeries> Wanted(LiveQuery query) =>
        query.Choices.SelectMany(_source.Select).DistinctBy(static series => series.Id).OrderBy(static series => series.Id);

    private static IEnumerable<string> Names(LiveQuery query) => query.Choices.Select(static choice => choice.Name ?? "").Distinct(StringComparer.Ordinal);

    private LiveQuery[] Interest_NeedsLock(int series)
    {
        if (series >= _interest.Length) Array.Resize(ref _interest, Math.Max(catalog.Count, series + 1));
        if (_interest[series] is { } known) return known;
        var labels = LabelSet.Of(catalog[series]);
        var asking = _byName.GetValueOrDefault(labels.Name, []).Concat(labels.Name.Length > 0 ? _byName.GetValueOrDefault("", []) : []);
        return _interest[series] = [.. asking.Distinct().Where(query => query.Wants(labels))];
    }
}
