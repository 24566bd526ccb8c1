namespace LiveDash.Core.Windows;

/// <summary>The loops over the points of one leaf. Stateless.</summary>
internal static class LeafMath
{
    /// <summary>Seconds in a tick of 100 ns.</summary>
    public const double SecondsPerTick = 1e-7;

    /// <summary>The mean of the scaled values of <c>[from, to)</c>, at least one point.</summary>
    public static double ScaledMean(Leaf leaf, int from, int to, double scale)
    {
        var values = leaf.Values.AsSpan(from, to - from);
        var first = values[0] * scale;
        var sum = 0.0;
        foreach (var value in values) sum += (value * scale) - first;
        return first + (sum / values.Length);
    }

    /// <summary>The mean time of <c>[from, to)</c>, at least one point, in ticks after <paramref name="since"/>.</summary>
    public static double MeanTime(Leaf leaf, int from, int to, long since)
    {
        var sum = 0.0;
        for (var i = from; i < to; i++) sum += leaf.Times[i] - since;
        return sum / (to - from);
    }

    /// <summary>The sums of <c>[from, to)</c> about a pivot, with the counter steps inside that run only.</summary>
    public static Moments Sum(Leaf leaf, int from, int to, double pivotValue, long pivotTime, double scale)
    {
        var sums = Moments.Empty;
        var values = leaf.Values.AsSpan(from, to - from);
        var times = leaf.Times.AsSpan(from, to - from);
        var before = values.IsEmpty ? 0 : values[0] * scale;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] * scale;
            sums.Push(value - pivotValue, (times[i] - pivotTime) * SecondsPerTick);
            if (i > 0) sums.Increase += Moments.Step(before, value);
            before = value;
            sums.Min = Math.Min(sums.Min, values[i]);
            sums.Max = Math.Max(sums.Max, values[i]);
        }

        return sums;
    }
}
