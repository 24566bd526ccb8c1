using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Query.Functions;

/// <summary>How fast counters and gauges move, with Prometheus 3's rules for resets and for what lies between the outermost points and the window's edges. Stateless.</summary>
internal static class Rates
{
    // The edge is near where it is at most a tenth more than the mean distance of points away.
    private const double Near = 1.1;

    /// <summary>The difference over the whole window, or its rate a second.</summary>
    public static double Extrapolated(in SampleWindow window, bool isCounter, bool isRate)
    {
        var times = window.Times;
        var values = window.Values;
        if (values.Length < 2) return Absence.Mark;
        var difference = values[^1] - values[0];
        if (isCounter)
        {
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i] < values[i - 1]) difference += values[i - 1];
            }
        }

        var covered = Seconds(times[^1] - times[0]);
        // Points of one moment tell no rate.
        if (covered == 0) return Absence.Mark;
        var distance = covered / (values.Length - 1);
        var near = distance * Near;
        var before = Seconds(times[0] - window.From);
        if (before >= near) before = distance / 2;
        if (isCounter)
        {
            // A counter was not below zero before its first point.
            var toZero = difference > 0 && values[0] >= 0 ? covered * (values[0] / difference) : before;
            if (toZero < before) before = toZero;
        }

        var after = Seconds(window.To - times[^1]);
        if (after >= near) after = distance / 2;
        var factor = (covered + before + after) / covered;
        if (isRate) factor /= Seconds(window.To - window.From);
        return difference * factor;
    }

    /// <summary>The difference of the two newest points, or its rate a second with resets of a counter.</summary>
    public static double Instant(in SampleWindow window, bool isRate)
    {
        if (window.Values.Length < 2) return Absence.Mark;
        var (last, previous) = (window.Values[^1], window.Values[^2]);
        var apart = Seconds(window.Times[^1] - window.Times[^2]);
        if (apart == 0) return Absence.Mark;
        if (!isRate) return last - previous;
        return (last < previous ? last : last - previous) / apart;
    }

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;
}
