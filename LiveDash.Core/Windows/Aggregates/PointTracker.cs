namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// Something kept up to date as points enter and leave a window, for aggregates that do not follow from sums. What it knows depends on the
/// points in it alone, unless <see cref="NeedsOrder"/>. Not thread-safe.
/// </summary>
internal abstract class PointTracker
{
    /// <summary>How many points the log had taken when this was last asked: what nobody asks for is given up.</summary>
    public long AskedAt { get; set; }

    /// <summary>True when points must come in order, so that one in between means to start again.</summary>
    public virtual bool NeedsOrder => false;

    /// <summary>A point enters.</summary>
    public abstract void Add(double value);

    /// <summary>A point leaves; it was in.</summary>
    public abstract void Remove(double value);

    /// <summary>Forgets everything.</summary>
    public abstract void Reset();
}
