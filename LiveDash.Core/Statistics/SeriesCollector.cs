using System.Runtime.InteropServices;
using LiveDash.Core.Plots.Kinds;

namespace LiveDash.Core.Statistics;

/// <summary>
/// Takes the values of one series and tells what they come to. Of a row that stands for several points it takes the last value, and number, mean, least and greatest of all; a point stands for itself.
/// Memory: 8 bytes a value. Not thread-safe.
/// </summary>
internal sealed class SeriesCollector(int series, BucketMeans buckets)
{
    private readonly List<double> _values = [];
    private readonly long[] _hourCounts = new long[7 * 24];
    private readonly double[] _hourMeans = new double[7 * 24];
    // Of all points, once a row stands for several.
    private (long Count, double Min, double Max)? _all;
    private CompensatedSum _sum;
    // Finite even where the sum overflows.
    private double _mean;

    /// <summary>The means over stretches of time.</summary>
    internal BucketMeans Buckets { get; } = buckets;

    /// <summary>The interned series.</summary>
    internal int Series { get; } = series;

    /// <summary>How many values there are.</summary>
    internal int Count => _values.Count;

    /// <summary>How many points they stand for.</summary>
    internal long Points => _all?.Count ?? _values.Count;

    /// <summary>The least; once <see cref="Sort"/> was called.</summary>
    internal double Min => _values[0];

    /// <summary>The greatest; once <see cref="Sort"/> was called.</summary>
    internal double Max => _values[^1];

    /// <summary>Takes a value.</summary>
    internal void Add(long ticks, double value, ZoneClock clock)
    {
        if (_all is not null) Note(value, value, value, value, 1);
        _values.Add(value);
        Place(ticks, value, 1, clock);
    }

    /// <summary>Takes a row that may stand for several points, of which it has the last one's time and value.</summary>
    internal void Add(long ticks, double value, double least, double greatest, double sum, double count, ZoneClock clock)
    {
        if (_all is null)
        {
            _all = (0, double.PositiveInfinity, double.NegativeInfinity);
            foreach (var one in _values) Note(one, one, one, one, 1);
        }

        // Where the sum of a row overflowed, its mean is not known: the middle of its values stands for it.
        var mean = double.IsFinite(sum) ? sum / count : (least / 2) + (greatest / 2);
        Note(least, greatest, sum, mean, (long)count);
        _values.Add(value);
        Place(ticks, mean, (long)count, clock);
    }

    /// <summary>Puts the values in order, once all are there.</summary>
    internal void Sort() => CollectionsMarshal.AsSpan(_values).Sort();

    /// <summary>What the values come to; they must be in order and at least one.</summary>
    internal SeriesSummary Summarize(HistogramBins bins)
    {
        ReadOnlySpan<double> sorted = CollectionsMarshal.AsSpan(_values);
        var (mean, std) = Moments.Of(sorted);
        var (count, min, max) = _all ?? (sorted.Length, sorted[0], sorted[^1]);
        if (_all is not null) mean = double.IsFinite(_sum.Total) ? _sum.Total / count : _mean;
        double q1 = Quantile(sorted, 0.25), q3 = Quantile(sorted, 0.75), reach = 1.5 * (q3 - q1);
        var below = FirstAtLeast(sorted, q1 - reach);
        var above = sorted.Length - FirstAbove(sorted, q3 + reach);
        var counts = new long[bins.Count];
        foreach (var value in sorted) counts[bins.Of(value)]++;
        var week = new WeekHour[7 * 24];
        for (var i = 0; i < week.Length; i++) week[i] = new(_hourCounts[i], _hourCounts[i] == 0 ? double.NaN : _hourMeans[i]);
        return new SeriesSummary
        {
            Series = Series, Count = count, Mean = mean, Std = std, Min = min, Q1 = q1, Median = Quantile(sorted, 0.5), Q3 = q3, Max = max,
            LowerWhisker = sorted[Math.Min(below, sorted.Length - 1)], UpperWhisker = sorted[Math.Max(0, sorted.Length - 1 - above)], Outliers = below + above,
            FarOutliers = Farthest(sorted[..below], sorted[(sorted.Length - above)..], q1, q3), Bins = counts, Distribution = Steps(sorted), Week = week,
        };
    }

    /// <summary>A quantile of values in order, interpolated between neighbours; finite for finite values.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var (part, step) = (place - below, sorted[above] - sorted[below]);
        return double.IsFinite(step) ? sorted[below] + (step * part) : (sorted[below] * (1 - part)) + (sorted[above] * part);
    }

    private void Note(double least, double greatest, double sum, double mean, long count)
    {
        var (known, min, max) = _all!.Value;
        _all = (known + count, Math.Min(min, least), Math.Max(max, greatest));
        _sum.Add(sum);
        _mean = RunningMean.Next(_mean, known + count, mean, count);
    }

    private void Place(long ticks, double value, long weight, ZoneClock clock)
    {
        Buckets.Add(ticks, value, weight);
        var (hour, day) = clock.At(ticks);
        var cell = (day * 24) + hour;
        _hourMeans[cell] = RunningMean.Next(_hourMeans[cell], _hourCounts[cell] += weight, value, weight);
    }

    // The farthest lie at both ends.
    private static List<double> Farthest(ReadOnlySpan<double> below, ReadOnlySpan<double> above, double q1, double q3)
    {
        var far = new List<double>(SeriesSummary.MostOutliers);
        int low = 0, high = above.Length - 1;
        while (far.Count < SeriesSummary.MostOutliers && (low < below.Length || high >= 0))
        {
            var takesLow = high < 0 || (low < below.Length && q1 - below[low] >= above[high] - q3);
            far.Add(takesLow ? below[low++] : above[high--]);
        }

        return far;
    }

    private static List<DistributionStep> Steps(ReadOnlySpan<double> sorted)
    {
        var steps = new List<DistributionStep>();
        for (var i = 0; i < sorted.Length && steps.Count <= SeriesSummary.MostSteps;)
        {
            i = FirstAbove(sorted, sorted[i]);
            steps.Add(new(sorted[i - 1], (double)i / sorted.Length));
        }

        if (steps.Count <= SeriesSummary.MostSteps) return steps;
        steps.Clear();
        for (var k = 0; k < SeriesSummary.MostSteps; k++)
        {
            var value = sorted[(int)((long)k * (sorted.Length - 1) / (SeriesSummary.MostSteps - 1))];
            if (steps.Count == 0 || steps[^1].Value < value) steps.Add(new(value, (double)FirstAbove(sorted, value) / sorted.Length));
        }

        return steps;
    }

    private static int FirstAbove(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int FirstAtLeast(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
