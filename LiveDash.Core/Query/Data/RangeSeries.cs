namespace LiveDash.Core.Query.Data;

/// <summary>A series' points in the order of their times, for windows over them.</summary>
internal sealed class RangeSeries(LabelSet labels, ReadOnlyMemory<long> times, ReadOnlyMemory<double> values, WindowStamp stamp = default, RowSummaries summaries = default)
{
    /// <summary>Its labels.</summary>
    public LabelSet Labels => labels;

    /// <summary>How many points.</summary>
    public int Count => times.Length;

    /// <summary>Which points these are, where somebody keeps them from one evaluation to the next; the default where nobody does.</summary>
    public WindowStamp Stamp => stamp;

    /// <summary>What rows say that stand for several points.</summary>
    public RowSummaries Summaries => summaries;

    /// <summary>UTC ticks.</summary>
    public ReadOnlySpan<long> Times => times.Span;

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => values.Span;
}
