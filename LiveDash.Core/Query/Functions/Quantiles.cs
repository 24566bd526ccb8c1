namespace LiveDash.Core.Query.Functions;

/// <summary>Quantiles by linear interpolation between the nearest ranks. Stateless.</summary>
internal static class Quantiles
{
    /// <summary>A quantile of some numbers, which are sorted on the way; NaN counts as the least.</summary>
    public static double Of(double quantile, Span<double> numbers)
    {
        if (numbers.IsEmpty || double.IsNaN(quantile)) return double.NaN;
        if (quantile < 0) return double.NegativeInfinity;
        if (quantile > 1) return double.PositiveInfinity;
        numbers.Sort();
        var rank = quantile * (numbers.Length - 1);
        var low = Math.Max(0, (int)Math.Floor(rank));
        var high = Math.Min(numbers.Length - 1, low + 1);
        var weight = rank - Math.Floor(rank);
        return (numbers[low] * (1 - weight)) + (numbers[high] * weight);
    }
}
