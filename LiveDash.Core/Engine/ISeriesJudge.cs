namespace LiveDash.Core.Engine;

/// <summary>
/// Judges the points of one series: found once for a run of points, so that a point costs no search. Called by the shard's loop alone.
/// </summary>
public interface ISeriesJudge
{
    /// <summary>A point has entered the windows.</summary>
    /// <param name="ticks">Its event time in UTC ticks.</param>
    /// <param name="value">Its value; finite.</param>
    /// <param name="nowTicks">The wall clock in UTC ticks, read once a batch.</param>
    void OnPoint(long ticks, double value, long nowTicks);
}
