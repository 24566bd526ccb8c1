namespace LiveDash.Core.Query.Evaluation;

/// <summary>Takes the points that a source reads.</summary>
internal interface ISampleSink
{
    /// <summary>Takes some points of a series. All of a series come together, in the order of their times.</summary>
    /// <param name="index">The series' place among those that were asked for.</param>
    /// <param name="times">UTC ticks; valid during the call.</param>
    /// <param name="values">The values; valid during the call.</param>
    void Take(int index, ReadOnlySpan<long> times, ReadOnlySpan<double> values);
}
