namespace LiveDash.Core.Windows.Aggregates;

/// <summary>The arithmetic of ranks and of the robust z-score. Stateless.</summary>
internal static class RankMath
{
    /// <summary>The scale that makes the median absolute deviation estimate a normal distribution's standard deviation.</summary>
    public const double MadToSigma = 1.4826022185056018;

    /// <summary>The lower rank of a percentile and how far it lies towards the next, 0 to 1.</summary>
    public static (int Rank, double Part) Rank(int count, double percent)
    {
        var at = percent / 100 * (count - 1);
        var rank = Math.Min((int)at, count - 1);
        return rank == count - 1 ? (rank, 0) : (rank, at - rank);
    }

    /// <summary>A value between two, exact at both ends and without overflow.</summary>
    public static double Between(double low, double high, double part)
    {
        var gap = high - low;
        return double.IsFinite(gap) ? low + (gap * part) : (low * (1 - part)) + (high * part);
    }

    /// <summary>The robust z-score; 0 at the median, and as large as can be where all the rest is equal.</summary>
    public static double Robust(double last, double median, double mad)
    {
        if (last == median) return 0;
        return WindowFigures.Finite((last - median) / (MadToSigma * mad));
    }
}
