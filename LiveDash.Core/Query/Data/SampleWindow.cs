namespace LiveDash.Core.Query.Data;

/// <summary>The points of a series within <c>(From, To]</c>, in the order of their times.</summary>
internal readonly ref struct SampleWindow
{
    /// <summary>UTC ticks; at least one.</summary>
    public required ReadOnlySpan<long> Times { get; init; }

    /// <summary>The values.</summary>
    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>What the rows say where they stand for several points each.</summary>
    public RowSummaries Summaries { get; init; }

    /// <summary>Where the window begins, exclusively.</summary>
    public required long From { get; init; }

    /// <summary>Where it ends.</summary>
    public required long To { get; init; }

    /// <summary>The moment of evaluation.</summary>
    public required long At { get; init; }
}
