using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Reads from the store, one series after the other: expressions need no order of time between series, so nothing is merged. Thread-safe.</summary>
internal sealed class StoreSampleSource(SeriesCatalog catalog, IPointStore store) : ISampleSource
{
    private readonly SeriesIndex _index = SeriesIndex.Of(catalog);

    /// <inheritdoc/>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice) => _index.Select(choice);

    /// <inheritdoc/>
    public IReadOnlyList<SourceSeries> Select(SeriesChoice choice, CancellationToken cancellationToken) => _index.Select(choice, cancellationToken);

    /// <inheritdoc/>
    public StoredSummaries? FindSummaries(int series, TimeRange range) => store.FindSummaries(series, range);

    /// <inheritdoc/>
    public async Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var query = new PointQuery { Series = [series[i].Id], Range = range, Descending = newestOnly, Limit = newestOnly ? 1 : null, WithSummaries = sink.WantsSummaries };
            await foreach (var block in store.ScanAsync(query, budget.Stopped).ConfigureAwait(false))
            {
                budget.AddPoints(block.Count);
                if (block.Counts.IsEmpty) sink.Take(i, block.Times.Span, block.Values.Span);
                else sink.Take(i, block.Times.Span, block.Values.Span, new RowSummaries { Counts = block.Counts, Least = block.Least, Greatest = block.Greatest, Sums = block.Sums });
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlacedPoints> ScanAsync(int series, TimeRange range, bool descending, QueryBudget budget)
    {
        var query = new PointQuery { Series = [series], Range = range, Descending = descending };
        await foreach (var block in store.ScanAsync(query, budget.Stopped).ConfigureAwait(false))
        {
            budget.AddPoints(block.Count);
            yield return new PlacedPoints(block.Times, block.Values, block.X, block.Y);
        }
    }
}
