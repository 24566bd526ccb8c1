namespace LiveDash.Core.Query.Folds;

/// <summary>
/// What LiveDash's own text asks of one series, kept up to date point by point. Points come in any order; those behind the last moment asked for land where they belong, those ahead of the next are held back by
/// whoever feeds it. Moments never go back. Used by one thread.
/// </summary>
internal abstract class SeriesFold
{
    /// <summary>Which points it needs before the first moment.</summary>
    public abstract FoldReach Reach { get; }

    /// <summary>How many points it holds.</summary>
    public abstract long Held { get; }

    /// <summary>Takes points, none of them behind the next moment.</summary>
    public abstract void Take(in PlacedPoints points);

    /// <summary>Lets go of what is past at a moment in UTC ticks.</summary>
    public virtual void AdvanceTo(long ticks)
    {
    }

    /// <summary>What it says at a moment in UTC ticks.</summary>
    public abstract FoldValue At(long ticks);
}
