using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Folds;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Where evaluations find series and points. Thread-safe.</summary>
internal interface ISampleSource
{
    /// <summary>The series that are chosen, in the order of their labels.</summary>
    IReadOnlyList<SourceSeries> Select(SeriesChoice choice);

    /// <summary>The same, for who may not wait for it to the end; one of few series does.</summary>
    IReadOnlyList<SourceSeries> Select(SeriesChoice choice, CancellationToken cancellationToken) => Select(choice);

    /// <summary>Reads the points of some series, one series after the other.</summary>
    /// <param name="series">Which.</param>
    /// <param name="range">Event times, half-open.</param>
    /// <param name="newestOnly">True for the newest point of each alone.</param>
    /// <param name="sink">Who takes them.</param>
    /// <param name="budget">Counts them.</param>
    Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget);

    /// <summary>Whether some of a series' rows within a range are summaries, and of what length; null where all are points as they came.</summary>
    StoredSummaries? FindSummaries(int series, TimeRange range) => null;

    /// <summary>Streams the points of one series with their places, in the order of their times.</summary>
    /// <param name="series">The series' number in this source.</param>
    /// <param name="range">Event times, half-open.</param>
    /// <param name="descending">True for the newest first.</param>
    /// <param name="budget">Counts them.</param>
    IAsyncEnumerable<PlacedPoints> ScanAsync(int series, TimeRange range, bool descending, QueryBudget budget);
}
