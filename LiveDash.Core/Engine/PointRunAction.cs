using LiveDash.Core.Model;

namespace LiveDash.Core.Engine;

/// <summary>Takes in neighbouring points of one series of a batch.</summary>
internal delegate void PointRunAction(PointBatch batch, ReadOnlySpan<long> times, ReadOnlySpan<double> values);
