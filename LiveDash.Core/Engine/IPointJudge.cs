namespace LiveDash.Core.Engine;

/// <summary>
/// Judges each point right after the windows hold it. One a shard, called by the shard's loop alone: it needs no lock and must not wait.
/// </summary>
public interface IPointJudge
{
    /// <summary>True when points of this series are to be judged one by one. Where it is false, runs of points enter the windows as a whole.</summary>
    bool Watches(int series) => true;

    /// <summary>A point has entered the windows.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="ticks">Its event time in UTC ticks.</param>
    /// <param name="value">Its value; finite.</param>
    /// <param name="nowTicks">The wall clock in UTC ticks, read once a batch.</param>
    void OnPoint(int series, long ticks, double value, long nowTicks);

    /// <summary>Time has passed: called each second, after the windows were moved on to it.</summary>
    /// <param name="nowTicks">The wall clock in UTC ticks.</param>
    void OnTick(long nowTicks);
}
