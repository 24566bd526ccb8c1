namespace LiveDash.Core.Query.Data;

/// <summary>What the rows of a window say that stand for several points each, beside their times and values; nothing where each is a point as it came.</summary>
internal readonly struct RowSummaries
{
    /// <summary>Of how many points each row is a summary; empty where there is nothing to say.</summary>
    public ReadOnlyMemory<double> Counts { get; init; }

    /// <summary>The least of each.</summary>
    public ReadOnlyMemory<double> Least { get; init; }

    /// <summary>The greatest of each.</summary>
    public ReadOnlyMemory<double> Greatest { get; init; }

    /// <summary>The sum of each.</summary>
    public ReadOnlyMemory<double> Sums { get; init; }

    /// <summary>Whether each row is a point as it came.</summary>
    public bool IsEmpty => Counts.IsEmpty;

    /// <summary>Those of some of the rows.</summary>
    public RowSummaries this[Range rows] => IsEmpty ? default : new() { Counts = Counts[rows], Least = Least[rows], Greatest = Greatest[rows], Sums = Sums[rows] };
}
