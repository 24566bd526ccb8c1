using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Windows;

/// <summary>The loops over the points of one leaf, by vectors of whatever width the processor has. Stateless.</summary>
internal static class LeafMath
{
    /// <summary>Seconds in a tick of 100 ns.</summary>
    public const double SecondsPerTick = 1e-7;

    /// <summary>The mean of the scaled values, at least one, within the rounding of their size.</summary>
    public static double ScaledMean(ReadOnlySpan<double> values, double scale)
    {
        var first = values[0] * scale;
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors) sums += (vector * scale) - new Vector<double>(first);
        var sum = Vector.Sum(sums);
        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++) sum += (values[i] * scale) - first;
        return first + (sum / values.Length);
    }

    /// <summary>The mean time, of at least one point, in ticks after <paramref name="since"/>.</summary>
    public static double MeanTime(ReadOnlySpan<long> times, long since)
    {
        var sum = 0.0;
        foreach (var time in times) sum += time - since;
        return sum / times.Length;
    }

    /// <summary>The sums of the values about a pivot.</summary>
    public static Moments Sum(ReadOnlySpan<double> values, double pivot, double scale)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = Moments.Empty;
        if (vectors.Length > 0)
        {
            Vector<double> s1 = default, s2 = default, min = vectors[0], max = min;
            foreach (var vector in vectors)
            {
                var d = (vector * scale) - new Vector<double>(pivot);
                s1 += d;
                s2 += d * d;
                min = Vector.MinNative(min, vector);
                max = Vector.MaxNative(max, vector);
            }

            sums.S1 = Vector.Sum(s1);
            sums.S2 = Vector.Sum(s2);
            for (var i = 0; i < Vector<double>.Count; i++)
            {
                sums.Min = double.MinNative(sums.Min, min[i]);
                sums.Max = double.MaxNative(sums.Max, max[i]);
            }
        }

        for (var i = vectors.Length * Vector<double>.Count; i < values.Length; i++) sums.Push((values[i] * scale) - pivot, values[i]);
        return sums;
    }

    /// <summary>The sums over time about a pivot, with what lies between the points of the run only.</summary>
    public static Trend Trend(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double pivot, long pivotTime, double scale)
    {
        var trend = default(Trend);
        var width = Vector<double>.Count;
        Vector<double> t1 = default, t2 = default, both = default, steps = default, area = default;
        var i = 0;
        // One value more than a vector is read each time, for the steps to the next.
        for (; i + width < values.Length; i += width)
        {
            var value = new Vector<double>(values[i..]) * scale;
            var next = new Vector<double>(values[(i + 1)..]) * scale;
            var time = new Vector<long>(times[i..]);
            var e = Vector.ConvertToDouble(time - new Vector<long>(pivotTime)) * SecondsPerTick;
            area += value * (Vector.ConvertToDouble(new Vector<long>(times[(i + 1)..]) - time) * SecondsPerTick);
            t1 += e;
            t2 += e * e;
            both += (value - new Vector<double>(pivot)) * e;
            steps += Vector.ConditionalSelect(Vector.GreaterThanOrEqual(next, value), next - value, next);
        }

        trend.T1 = Vector.Sum(t1);
        trend.T2 = Vector.Sum(t2);
        trend.C = Vector.Sum(both);
        trend.Increase = Vector.Sum(steps);
        trend.Area = Vector.Sum(area);
        for (; i < values.Length; i++)
        {
            var value = values[i] * scale;
            var e = (times[i] - pivotTime) * SecondsPerTick;
            trend.T1 += e;
            trend.T2 += e * e;
            trend.C += (value - pivot) * e;
            if (i + 1 == values.Length) break;
            trend.Increase += Windows.Trend.Step(value, values[i + 1] * scale);
            trend.Area += value * ((times[i + 1] - times[i]) * SecondsPerTick);
        }

        return trend;
    }
}
