namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A place in the merge: where its next point stands in the order asked for. For descending scans both keys are complemented, so that
/// the merge always takes the least.
/// </summary>
/// <param name="Time">Its event time.</param>
/// <param name="Id">Its sequence number.</param>
/// <param name="Source">What has the point; null where it has none any more.</param>
internal readonly record struct MergeEntry(long Time, long Id, object? Source)
{
    /// <summary>True when it comes first.</summary>
    public bool Before(in MergeEntry other) => Time < other.Time || (Time == other.Time && Id < other.Id);
}
