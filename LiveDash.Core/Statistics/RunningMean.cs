namespace LiveDash.Core.Statistics;

/// <summary>A mean that takes one value after another (Welford 1962). Pure.</summary>
internal static class RunningMean
{
    /// <summary>The mean of some values and one more; finite for finite ones.</summary>
    /// <param name="mean">The mean before.</param>
    /// <param name="count">How many values there are with this one.</param>
    /// <param name="value">The value.</param>
    /// <param name="weight">For how many it stands, of those that are counted.</param>
    internal static double Next(double mean, long count, double value, long weight = 1)
    {
        var share = (double)weight / count;
        var step = value - mean;
        return double.IsFinite(step) ? mean + (step * share) : mean + ((value * share) - (mean * share));
    }
}
