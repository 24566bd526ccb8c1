namespace LiveDash.Core.Storage.Blocks;

/// <summary>Points of one series in columns, as they were at one moment. The arrays may be longer than <see cref="Count"/>; nobody changes what stands below it.</summary>
internal readonly struct PointView
{
    /// <summary>How many points are in it.</summary>
    public required int Count { get; init; }

    /// <summary>Event times in UTC ticks.</summary>
    public required long[] Times { get; init; }

    /// <summary>Sequence numbers.</summary>
    public required long[] Ids { get; init; }

    /// <summary>Values.</summary>
    public required double[] Values { get; init; }

    /// <summary>Locations, NaN for none; null when there is none at all.</summary>
    public double[]? X { get; init; }

    /// <summary>Locations, NaN for none; null when there is none at all.</summary>
    public double[]? Y { get; init; }

    /// <summary>Hashes of the senders' ids, 0 for none; null when there is none at all.</summary>
    public ulong[]? Senders { get; init; }

    /// <summary>What rows say that stand for several points; null where each is one.</summary>
    public SummaryColumns? Summaries { get; init; }

    /// <summary>True when they are ordered by (time, id).</summary>
    public required bool Sorted { get; init; }

    /// <summary>The same points ordered by (time, id); itself where it is so already.</summary>
    public PointView ToSorted()
    {
        if (Sorted) return this;
        var order = new (long Time, long Id, int At)[Count];
        for (var i = 0; i < order.Length; i++) order[i] = (Times[i], Ids[i], i);
        Array.Sort(order);
        var times = new long[Count];
        var ids = new long[Count];
        for (var i = 0; i < order.Length; i++) (times[i], ids[i], _) = order[i];
        return new PointView
        {
            Count = Count, Times = times, Ids = ids, Values = Permute(Values, order)!,
            X = Permute(X, order), Y = Permute(Y, order), Senders = Permute(Senders, order), Summaries = Permute(Summaries, order), Sorted = true,
        };
    }

    private static SummaryColumns? Permute(SummaryColumns? columns, (long Time, long Id, int At)[] order)
    {
        if (columns is null) return null;
        var result = new SummaryColumns(order.Length);
        for (var i = 0; i < order.Length; i++) result.Take(columns, order[i].At, i, 1);
        return result;
    }

    private static T[]? Permute<T>(T[]? column, (long Time, long Id, int At)[] order)
    {
        if (column is null) return null;
        var result = new T[order.Length];
        for (var i = 0; i < order.Length; i++) result[i] = column[order[i].At];
        return result;
    }
}
