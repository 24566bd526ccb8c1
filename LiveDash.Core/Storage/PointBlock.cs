namespace LiveDash.Core.Storage;

/// <summary>
/// Some stored points as parallel columns, ordered by (time, id). The memory belongs to the scan: it is valid until the next block is asked for.
/// </summary>
public readonly struct PointBlock
{
    /// <summary>The store's sequence numbers; positive, unique over all series, growing in the order of arrival.</summary>
    public required ReadOnlyMemory<long> Ids { get; init; }

    /// <summary>The interned series.</summary>
    public required ReadOnlyMemory<int> Series { get; init; }

    /// <summary>Event times in UTC ticks.</summary>
    public required ReadOnlyMemory<long> Times { get; init; }

    /// <summary>The values; finite.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>The x of each location, NaN for none; empty when no point of the block has one.</summary>
    public ReadOnlyMemory<double> X { get; init; }

    /// <summary>The y of each location, NaN for none; empty when no point of the block has one.</summary>
    public ReadOnlyMemory<double> Y { get; init; }

    /// <summary>The hashes of the senders' ids, 0 for none; empty unless <see cref="PointQuery.WithSenders"/> asked for them and a point of the block has one.</summary>
    public ReadOnlyMemory<ulong> Senders { get; init; }

    /// <summary>
    /// Of how many points each row is a summary, 1 for a point as it came; empty unless <see cref="PointQuery.WithSummaries"/> asked for it and a row of the block stands for several. Such a row has time, id and value of the last of them.
    /// </summary>
    public ReadOnlyMemory<double> Counts { get; init; }

    /// <summary>The least of each row's points; empty where <see cref="Counts"/> is.</summary>
    public ReadOnlyMemory<double> Least { get; init; }

    /// <summary>The greatest of each row's points; empty where <see cref="Counts"/> is.</summary>
    public ReadOnlyMemory<double> Greatest { get; init; }

    /// <summary>The sum of each row's points; empty where <see cref="Counts"/> is.</summary>
    public ReadOnlyMemory<double> Sums { get; init; }

    /// <summary>How many points are in it; at least 1.</summary>
    public int Count => Ids.Length;
}
