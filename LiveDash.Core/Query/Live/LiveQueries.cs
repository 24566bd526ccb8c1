using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Live;

/// <summary>
/// Judges expressions as points arrive: hands each point to the expressions that look at its series, and steps those that are due. A new one begins with the past that the store holds; what arrives while that
/// is read is joined without a gap or a repeat, by commits. Thread-safe; <see cref="StepAsync"/> is for one caller at a time.
/// </summary>
public sealed class LiveQueries(SeriesCatalog catalog, IPointStore store, TimeProvider time) : IPointConsumer
{
    /// <summary>How many there may be at once.</summary>
    public const int MaxQueries = 20_000;

    private readonly Lock _gate = new();
    private readonly List<LiveQuery> _queries = [];
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
    /// <exception cref="QueryException">There are too many, or it yields neither.</exception>
    public LiveQuery Open(QueryExpr expr, QueryLimits limits, double maxPerSecond)
    {
        ArgumentNullException.ThrowIfNull(expr);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPerSecond);
        if (expr.Kind is not (ValueKind.Scalar or ValueKind.Vector)) throw new QueryException(QueryErrorKind.Execution, "An expression that is judged live yields a scalar or an instant vector.");
        var query = new LiveQuery(this, expr, limits, maxPerSecond);
        lock (_gate)
        {
            if (_queries.Count >= MaxQueries) throw new QueryException(QueryErrorKind.Limit, $"There are {MaxQueries:N0} live expressions at most.");
            _queries.Add(query);
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
                foreach (var query in Interest_NeedsLock(series[i])) query.Take(series[i], batch.Times[i], batch.Values[i], batch);
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
        while (true)
        {
            LiveQuery? unread;
            lock (_gate) _unread.TryDequeue(out unread);
            if (unread is null) break;
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

    /// <summary>Ends one.</summary>
    internal void Close(LiveQuery query)
    {
        lock (_gate)
        {
            if (!_queries.Remove(query)) return;
            _stepped = [.. _queries];
            for (var i = 0; i < _interest.Length; i++)
            {
                if (_interest[i] is { } watching && watching.Contains(query)) _interest[i] = Array.FindAll(watching, one => one != query);
            }
        }
    }

    private async Task<LivePast> ReadAsync(LiveQuery query, CancellationToken cancellationToken)
    {
        var past = new LivePast(query.Anew());
        var from = query.Horizon(time.GetUtcNow().UtcTicks);
        for (var series = 0; series < catalog.Count; series++)
        {
            var labels = LabelSet.Of(catalog[series]);
            if (!past.Expression.Wants(labels)) continue;
            past.Expression.Add(series, labels);
            past.Read(series, 0);
            var points = new PointQuery { Series = [series], Range = new TimeRange(Math.Max(0, from), long.MaxValue) };
            await foreach (var block in store.ScanAsync(points, cancellationToken).ConfigureAwait(false)) Keep(past, series, block);
        }

        return past;
    }

    private static void Keep(LivePast past, int series, PointBlock block)
    {
        var newest = 0L;
        for (var i = 0; i < block.Count; i++)
        {
            newest = Math.Max(newest, block.Ids.Span[i]);
            past.Expression.Take(series, block.Times.Span[i], block.Values.Span[i]);
        }

        past.Read(series, newest);
    }

    private void Hand_NeedsLock(PointBatch batch, LiveQuery query)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (Array.IndexOf(Interest_NeedsLock(batch.Series[i]), query) >= 0) query.Take(batch.Series[i], batch.Times[i], batch.Values[i], batch);
        }
    }

    private void Watch_NeedsLock(LiveQuery query)
    {
        for (var i = 0; i < _interest.Length; i++)
        {
            if (_interest[i] is { } watching && query.Wants(LabelSet.Of(catalog[i]))) _interest[i] = [.. watching, query];
        }
    }

    private LiveQuery[] Interest_NeedsLock(int series)
    {
        if (series >= _interest.Length) Array.Resize(ref _interest, Math.Max(catalog.Count, series + 1));
        if (_interest[series] is { } known) return known;
        var labels = LabelSet.Of(catalog[series]);
        return _interest[series] = [.. _queries.Where(query => query.Wants(labels))];
    }
}
