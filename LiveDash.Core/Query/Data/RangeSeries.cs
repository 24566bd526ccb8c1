namespace LiveDash.Core.Query.Data;

/// <summary>A series' points in the order of their times, for windows over them.</summary>
internal sealed class RangeSeries(LabelSet labels, long[] times, double[] values, int count)
{
    /// <summary>Its labels.</summary>
    public LabelSet Labels => labels;

    /// <summary>How many points.</summary>
    public int Count => count;

    /// <summary>UTC ticks.</summary>
    public ReadOnlySpan<long> Times => times.AsSpan(0, count);

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, count);
}
