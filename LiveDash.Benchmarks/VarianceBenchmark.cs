using System.Numerics;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Benchmarks;

/// <summary>
/// The worst relative error of the variance on seven kinds of data against whole-number arithmetic, beside that of the usual running sums.
/// A million points each, or as many as the argument says (100000000 takes some minutes).
/// </summary>
internal sealed class VarianceBenchmark : IBenchmark
{
    private const int Size = 1000;
    private const double Budget = 1e-12;
    private static readonly double Unit = Math.Pow(2, 40);

    public string Name => "variance";

    public string About => "worst variance error on seven data sets against exact arithmetic; [points] [set], default 1000000 all";

    public Task<int> RunAsync(string[] args)
    {
        var points = args.Length > 0 ? long.Parse(args[0]) : 1_000_000;
        string[] sets = ["plain", "offset 1e6", "offset 1e8", "offset 1e9", "spikes", "steps", "walk"];
        Console.WriteLine($"window {Size:N0}, {points:N0} points each; worst relative error of the variance, checked every 499th point");
        foreach (var set in sets.Where(s => args.Length < 2 || s == args[1]))
        {
            var (ours, sums) = Worst(set, points);
            Console.WriteLine($"  {set,-12} LiveDash {ours,9:E1}  running sums {sums,9:E1}  budget {Budget:E0}: {Meter.Verdict(ours <= Budget)}");
        }

        return Task.FromResult(0);
    }

    private static (double Ours, double Sums) Worst(string set, long points)
    {
        var window = SlidingWindow.Create(WindowSpec.Last(Size), WindowOptions.Default);
        var variance = AggregateSpec.Parse("variance");
        var sums = new RunningSums(Size);
        var ring = new double[Size];
        var random = new Random(11);
        double walk = 1e6, worst = 0, worstSums = 0;
        for (var i = 0L; i < points; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            walk += normal * 0.1;
            var value = Math.Round(Unit * (set switch
            {
                "plain" => normal,
                "offset 1e6" => 1e6 + (normal * 0.01),
                "offset 1e8" => 1e8 + (normal * 0.01),
                "offset 1e9" => 1e9 + (normal * 0.01),
                "spikes" => i % 5000 == 0 ? 1e12 : normal,
                "steps" => (i / 5000 % 2 * 1e8) + normal,
                _ => walk,
            })) / Unit;
            window.Add(i, value);
            sums.Push(value);
            ring[i % Size] = value;
            if (i < Size || i % 499 != 0) continue;
            var exact = Exact(ring);
            worst = Math.Max(worst, Math.Abs(window.Evaluate(variance) - exact) / exact);
            worstSums = Math.Max(worstSums, Math.Abs((sums.Std * sums.Std) - exact) / exact);
        }

        return (worst, worstSums);
    }

    private static double Exact(double[] values)
    {
        BigInteger sum = 0, squares = 0, n = values.Length;
        foreach (var value in values)
        {
            var whole = new BigInteger(value * Unit);
            sum += whole;
            squares += whole * whole;
        }

        return (double)((((n * squares) - (sum * sum)) << 80) / (n * n)) / Math.Pow(Unit, 4);
    }
}
