using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Windows;

/// <summary>The sums of a leaf without any vector: eight lanes in plain code, added up in the stated order.</summary>
internal static class PlainLanes
{
    public static Moments Sum(double[] values, double pivot, double scale)
    {
        var (s1, s2) = (new double[8], new double[8]);
        var whole = values.Length / 8 * 8;
        for (var i = 0; i < whole; i++)
        {
            var d = (values[i] * scale) - pivot;
            s1[i % 8] += d;
            s2[i % 8] += d * d;
        }

        var sums = Moments.Empty;
        if (whole > 0) sums = new() { S1 = Sum(s1), S2 = Sum(s2), Min = values[..whole].Min(), Max = values[..whole].Max() };
        foreach (var value in values[whole..]) sums.Push((value * scale) - pivot, value);
        return sums;
    }

    private static double Sum(double[] lanes) =>
        lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
}
