namespace LiveDash.Core.Query.Data;

/// <summary>Says which points of a series that is kept in memory a window holds: the same stamp of the same series, the same points. Immutable.</summary>
/// <param name="Version">Counts how often points came elsewhere than at the end, from 1; 0 for points that nobody keeps.</param>
/// <param name="First">The first one's number since the series is kept.</param>
/// <param name="Next">The number behind the last one.</param>
internal readonly record struct WindowStamp(long Version, long First, long Next);
