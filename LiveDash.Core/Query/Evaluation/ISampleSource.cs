using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Where evaluations find series and points. Thread-safe.</summary>
internal interface ISampleSource
{
    /// <summary>The series that match, in the order of their labels.</summary>
    IReadOnlyList<SourceSeries> Select(IReadOnlyList<LabelMatcher> matchers);

    /// <summary>Reads the points of some series, one series after the other.</summary>
    /// <param name="series">Which.</param>
    /// <param name="range">Event times, half-open.</param>
    /// <param name="newestOnly">True for the newest point of each alone.</param>
    /// <param name="sink">Who takes them.</param>
    /// <param name="budget">Counts them.</param>
    Task ReadAsync(IReadOnlyList<SourceSeries> series, TimeRange range, bool newestOnly, ISampleSink sink, QueryBudget budget);
}
