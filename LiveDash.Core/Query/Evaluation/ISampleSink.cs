using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>Takes the points that a source reads.</summary>
internal interface ISampleSink
{
    /// <summary>Takes some points of a series. All of a series come together, in the order of their times.</summary>
    /// <param name="index">The series' place among those that were asked for.</param>
    /// <param name="times">UTC ticks; valid during the call.</param>
    /// <param name="values">The values; valid during the call.</param>
    void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values);

    /// <summary>Whether it wants to know what rows say that stand for several points.</summary>
    bool WantsSummaries => false;

    /// <summary>The same with what rows say that stand for several points; one that does not want that takes the last of each.</summary>
    void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values, in RowSummaries summaries) => Take(index, times, values);
}
