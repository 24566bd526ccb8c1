using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LiveDash.Core.Windows;

/// <summary>
/// The loops over the points of one leaf, by vectors of whatever width the processor has and with the same result to the last bit on each.
/// Stateless.
/// </summary>
internal static class LeafMath
{
    /// <summary>Seconds in a tick of 100 ns.</summary>
    public const double SecondsPerTick = 1e-7;

    /// <summary>The mean time, of at least one point, in ticks after <paramref name="since"/>.</summary>
    public static double MeanTime(ReadOnlySpan<long> times, long since)
    {
        var sum = 0.0;
        foreach (var time in times) sum += time - since;
        return sum / times.Length;
    }

    /// <summary>A pivot near the mean of the scaled values, at least one: see <see cref="PivotMath"/>.</summary>
    public static double Pivot(ReadOnlySpan<double> values, double scale)
    {
        var first = values[0] * scale;
        return PivotMath.Of(Sum(values, first, scale), values.Length, first, first, scale);
    }

    /// <summary>The sums of the values about a pivot.</summary>
    public static Moments Sum(ReadOnlySpan<double> values, double pivot, double scale) =>
        Vector512.IsHardwareAccelerated ? Sum<Eight512>(values, pivot, scale)
        : Vector256.IsHardwareAccelerated ? Sum<Eight256>(values, pivot, scale)
        : Sum<Eight128>(values, pivot, scale);

    /// <summary>The sums over time about a pivot, with what lies between the points of the run only.</summary>
    public static Trend Trend(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double pivot, long pivotTime, double scale) =>
        Vector512.IsHardwareAccelerated ? Trend<Eight512>(times, values, pivot, pivotTime, scale)
        : Vector256.IsHardwareAccelerated ? Trend<Eight256>(times, values, pivot, pivotTime, scale)
        : Trend<Eight128>(times, values, pivot, pivotTime, scale);

    /// <summary><see cref="Sum(ReadOnlySpan{double}, double, double)"/> on vectors of a given width.</summary>
    public static Moments Sum<T>(ReadOnlySpan<double> values, double pivot, double scale)
        where T : struct, IEight<T>
    {
        var sums = Moments.Empty;
        var i = 0;
        if (values.Length >= 8)
        {
            ref var first = ref MemoryMarshal.GetReference(values);
            T about = T.Create(pivot), by = T.Create(scale), s1 = T.Create(0), s2 = s1, min = T.Load(in first), max = min;
            for (; i + 8 <= values.Length; i += 8)
            {
                var value = T.Load(in Unsafe.Add(ref first, i));
                var d = (value * by) - about;
                s1 += d;
                s2 += d * d;
                min = T.Min(min, value);
                max = T.Max(max, value);
            }

            sums = new() { S1 = s1.Sum(), S2 = s2.Sum(), Min = min.Least(), Max = max.Greatest() };
        }

        for (; i < values.Length; i++) sums.Push((values[i] * scale) - pivot, values[i]);
        return sums;
    }

    /// <summary><see cref="Trend(ReadOnlySpan{long}, ReadOnlySpan{double}, double, long, double)"/> on vectors of a given width.</summary>
    public static Trend Trend<T>(ReadOnlySpan<long> times, ReadOnlySpan<double> values, double pivot, long pivotTime, double scale)
        where T : struct, IEight<T>
    {
        var trend = default(Trend);
        var i = 0;
        if (values.Length > 8)
        {
            ref var firstTime = ref MemoryMarshal.GetReference(times);
            ref var first = ref MemoryMarshal.GetReference(values);
            T about = T.Create(pivot), by = T.Create(scale), seconds = T.Create(SecondsPerTick);
            T t1 = T.Create(0), t2 = t1, both = t1, steps = t1, area = t1;
            // One value more than a vector is read each time, for the steps to the next.
            for (; i + 8 < values.Length; i += 8)
            {
                var value = T.Load(in Unsafe.Add(ref first, i)) * by;
                var next = T.Load(in Unsafe.Add(ref first, i + 1)) * by;
                var e = T.Ticks(in Unsafe.Add(ref firstTime, i), pivotTime) * seconds;
                var lasts = (T.Ticks(in Unsafe.Add(ref firstTime, i + 1), pivotTime) - T.Ticks(in Unsafe.Add(ref firstTime, i), pivotTime)) * seconds;
                area += value * lasts;
                t1 += e;
                t2 += e * e;
                both += (value - about) * e;
                steps += T.WhereBelow(next, value, next, next - value);
            }

            trend = new() { T1 = t1.Sum(), T2 = t2.Sum(), C = both.Sum(), Increase = steps.Sum(), Area = area.Sum() };
        }

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
