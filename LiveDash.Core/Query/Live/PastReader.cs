using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Evaluation;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Live;

/// <summary>Reads the past of live expressions from the store, each into an expression of its own that nobody sees yet. Thread-safe.</summary>
internal sealed class PastReader(StoreSampleSource source, IPointStore store, TimeProvider time)
{
    /// <summary>The series that some choices want, each once.</summary>
    public IEnumerable<SourceSeries> Wanted(IReadOnlyList<SeriesChoice> choices, CancellationToken cancellationToken = default) =>
        choices.Count == 1 ? source.Select(choices[0], cancellationToken) : choices.SelectMany(choice => source.Select(choice, cancellationToken)).DistinctBy(static series => series.Id);

    /// <summary>Reads all series within the expression's reach, or until it has no answer any more.</summary>
    public async Task<LivePast> ReadAsync(LiveQuery query, CancellationToken cancellationToken)
    {
        var past = new LivePast(query.Anew());
        var now = time.GetUtcNow().UtcTicks;
        past.Expression.Reach(now);
        try
        {
            foreach (var (series, labels) in Wanted(query.Choices, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
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
        var first = await BeginAsync(query, past.Expression, series, now, cancellationToken).ConfigureAwait(false);
        var points = new PointQuery { Series = [series], Range = new TimeRange(Math.Max(0, first), long.MaxValue) };
        if (store.FindSummaries(series, points.Range) is { } summaries) past.Expression.Note(summaries);
        await foreach (var block in store.ScanAsync(points, cancellationToken).ConfigureAwait(false))
        {
            Keep(past, series, block);
            if (past.Expression.IsLost) return;
        }
    }

    private async Task<long> BeginAsync(LiveQuery query, LiveExpression expression, int series, long now, CancellationToken cancellationToken)
    {
        var from = expression.Horizon(now);
        var budget = new QueryBudget(query.Limits, cancellationToken);
        foreach (var reach in expression.Reaches(series)) from = Math.Min(from, await reach.BeginAsync(now, source.ScanAsync(series, new TimeRange(0, now + 1), true, budget)).ConfigureAwait(false));
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
}
