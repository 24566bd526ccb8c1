namespace LiveDash.Core.Engine;

/// <summary>
/// Judges each point right after the windows hold it. One a shard, called by the shard's loop alone: it needs no lock and must not wait.
/// </summary>
public interface IPointJudge
{
    /// <summary>Who judges the points of this series, asked before each run of them; null where runs may enter the windows as a whole.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="nowTicks">The wall clock in UTC ticks, read once a batch.</param>
    ISeriesJudge? Watch(int series, long nowTicks);

    /// <summary>Time has passed: called each second, after the windows were moved on to it.</summary>
    /// <param name="nowTicks">The wall clock in UTC ticks.</param>
    void OnTick(long nowTicks);
}
