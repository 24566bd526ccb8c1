using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Benchmarks;

/// <summary>Percentiles, the robust z-score and the other aggregates that need more than sums, after every point, against sorting a copy.</summary>
internal sealed class PercentilesBenchmark : IBenchmark
{
    private const double BudgetNanoseconds = 150;
    private readonly double[] _values = Sample();
    private double _sink;
    private long _clock = 638_000_000_000_000_000L;

    public string Name => "percentiles";

    public string About => "p50 + p99, zscore, ewma, distinct, forecast after every point, against a sorted copy";

    public Task<int> RunAsync(string[] args)
    {
        foreach (var size in new[] { 100, 1_000, 10_000, 100_000 })
        {
            var slow = Math.Clamp(4_000_000 / size, 20, 20_000);
            List<(string, Func<long>)> peers = [("p50 + p99 of a sorted copy", () => Sorted(size, slow))];
            foreach (var names in new[] { "p50,p99", "zscore", "distinct", "above 1005", "ewma 30s", "twmean", "forecast" })
            {
                var specs = names.Split(',').Select(AggregateSpec.Parse).ToArray();
                var window = SlidingWindow.Create(WindowSpec.Last(size), new WindowOptions { Needs = specs });
                for (var i = 0; i < size; i++) window.Add(_clock += 1000, _values[i]);
                const int points = 1 << 17;
                peers.Add((names, () => Feed(window, specs, points)));
            }

            var results = Meter.InTurns(peers);
            Console.WriteLine($"\nwindow {size:N0}; {CpuClock.Name}");
            foreach (var (name, nanoseconds, bytes) in results)
            {
                Console.WriteLine($"  {name,-28} {nanoseconds,12:N1} ns a point  {bytes,8:N1} B  sorted copy {results[0].Nanoseconds / nanoseconds,8:N1} x");
            }

            if (size == 1_000) Console.WriteLine($"  budget {BudgetNanoseconds} ns for exact p50 + p99: {Meter.Verdict(results[1].Nanoseconds <= BudgetNanoseconds)}");
        }

        return Task.FromResult(0);
    }

    private static double[] Sample()
    {
        var random = new Random(42);
        return Enumerable.Range(0, 1 << 18).Select(_ => 1000 + (random.NextDouble() * 10)).ToArray();
    }

    private long Feed(SlidingWindow window, AggregateSpec[] specs, int points)
    {
        for (var i = 0; i < points; i++)
        {
            window.Add(_clock += 1000, _values[i]);
            foreach (var spec in specs) _sink += window.Evaluate(spec);
        }

        return points;
    }

    private long Sorted(int size, int points)
    {
        var copy = new double[size];
        for (var i = 0; i < points; i++)
        {
            _values.AsSpan(i, size).CopyTo(copy);
            Array.Sort(copy);
            _sink += copy[size / 2] + copy[size * 99 / 100];
        }

        return points;
    }
}
