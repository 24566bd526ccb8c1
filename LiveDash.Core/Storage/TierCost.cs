namespace LiveDash.Core.Storage;

/// <summary>What tiers would make of the points there are. Immutable.</summary>
/// <param name="Matches">How many series each pattern decides, in their order.</param>
/// <param name="Rows">How many sealed rows these series have now: points, and summaries of several.</param>
/// <param name="RowsAfter">How many sealed ones they will have at most: fewer where several of a burst share a step. Points that are not sealed yet are in none of the figures.</param>
/// <param name="Bytes">What these rows take now.</param>
/// <param name="BytesAfter">What they will take, about.</param>
/// <param name="Deleted">How many of the rows go for good, since they are older than the last tier keeps.</param>
public sealed record TierCost(IReadOnlyList<int> Matches, long Rows, long RowsAfter, long Bytes, long BytesAfter, long Deleted)
{
    /// <summary>Nothing is matched.</summary>
    public static TierCost None { get; } = new([], 0, 0, 0, 0, 0);
}
