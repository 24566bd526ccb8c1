using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Web.ViewModels;

/// <summary>What a window costs: memory by the points it holds, and processor time by running it. Thread-safe.</summary>
public static class WindowCost
{
    /// <summary>What a point in a window takes, all told; measured by the benchmark <c>window-memory</c>.</summary>
    public const double PointBytes = 19;

    /// <summary>What each point takes more where an aggregate needs the order of values: a percentile, the median's deviation.</summary>
    public const double OrderedBytes = 16;

    private const int Points = 4_096;
    private const int Runs = 3;

    /// <summary>How many points a window of a series holds, at most as many as are stored.</summary>
    /// <param name="spec">The window.</param>
    /// <param name="rate">Points a second.</param>
    /// <param name="stored">How many points the series has.</param>
    public static double Held(WindowSpec spec, double rate, long stored) => spec.Kind switch
    {
        WindowKind.Count => Math.Min(spec.Points, stored),
        // How long a session lasts nobody knows before; ten pauses' worth is a fair guess.
        WindowKind.Session => Math.Min(rate * spec.Size.TotalSeconds * 10, stored),
        _ => Math.Min(rate * spec.Size.TotalSeconds, stored),
    };

    /// <summary>The bytes of so many points.</summary>
    public static double Bytes(double points, IReadOnlyList<AggregateSpec> needs) => points * (PointBytes + (needs.Any(IsOrdered) ? OrderedBytes : 0));

    /// <summary>
    /// Nanoseconds a point on this machine, now: the window's own code takes <see cref="Points"/> points and is asked for its figures after each. The best of
    /// a few runs, because others use the processor too.
    /// </summary>
    public static double Nanoseconds(WindowSpec spec, IReadOnlyList<AggregateSpec> needs, TimeProvider clock)
    {
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var window = SlidingWindow.Create(spec, WindowOptions.Default with { Needs = needs });
            var step = Math.Max(1, (spec.Kind == WindowKind.Count ? TimeSpan.TicksPerMillisecond * spec.Points : spec.Size.Ticks) / (Points / 2));
            var begun = clock.GetTimestamp();
            for (var i = 1; i <= Points; i++)
            {
                window.Add(i * step, i % 97);
                _ = window.Basics();
                foreach (var need in needs) _ = window.Evaluate(need);
            }

            best = Math.Min(best, clock.GetElapsedTime(begun).TotalNanoseconds / Points);
        }

        return best;
    }

    private static bool IsOrdered(AggregateSpec need) =>
        need.Kind is AggregateKind.Percentile or AggregateKind.Mad or AggregateKind.ZScore or AggregateKind.Distinct;
}
