namespace LiveDash.Core.Storage.Blocks;

/// <summary>One series: its sealed blocks and its points in memory. Guarded by the lock of <see cref="StoreIndex"/>.</summary>
internal sealed class SeriesState
{
    /// <summary>Sealed blocks in the order they were made; the array is never changed, only replaced.</summary>
    public BlockHeader[] Blocks { get; set; } = [];

    /// <summary>Committed points that are not sealed yet; bounded by the store's head limit over all series.</summary>
    public PointColumns? Head { get; set; }

    /// <summary>How many points are kept.</summary>
    public long Count { get; set; }

    /// <summary>The first event time kept.</summary>
    public long First { get; set; } = long.MaxValue;

    /// <summary>The last event time kept.</summary>
    public long Last { get; set; } = long.MinValue;

    /// <summary>For how many points the next head makes room from its beginning, so that it does not grow by doubling each time.</summary>
    public const int MostExpected = 8192;

    /// <summary>How many points the head held when it was sealed last, at most <see cref="MostExpected"/>.</summary>
    public int LastHead { get; set; }

    /// <summary>Counts committed points, which stand at the head's end.</summary>
    public void Note(PointColumns head, int count)
    {
        Count += count;
        foreach (var ticks in head.View.Times.AsSpan(head.Count - count, count))
        {
            if (ticks < First) First = ticks;
            if (ticks > Last) Last = ticks;
        }
    }

    /// <summary>Counts anew from blocks and head.</summary>
    public void Recount()
    {
        Count = 0;
        First = long.MaxValue;
        Last = long.MinValue;
        foreach (var block in Blocks)
        {
            Count += block.Points;
            First = Math.Min(First, block.MinTime);
            Last = Math.Max(Last, block.MaxTime);
        }

        if (Head is not { } head) return;
        Count += head.Count;
        foreach (var ticks in head.View.Times.AsSpan(0, head.Count))
        {
            First = Math.Min(First, ticks);
            Last = Math.Max(Last, ticks);
        }
    }
}
