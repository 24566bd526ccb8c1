using System.Numerics;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Benchmarks;

/// <summary>
/// The worst relative error of the variance on seven kinds of data against whole-number arithmetic, beside that of the usual running sums: over the
/// first 10,000 points and over the last 10,000 of 100 million, or of as many as the argument says.
/// </summary>
internal sealed class VarianceBenchmark : IBenchmark
{
    private const int Size = 1000;
    private const int Stretch = 10_000;
    private const double Budget = 1e-12;
    private static readonly double Unit = Math.Pow(2, 40);
    private static readonly double[] Normal = Normals(1 << 20);

    public string Name => "variance";

    public string About => "worst variance error on seven data sets against exact arithmetic; [points] [set], default 100000000 all";

    public Task<int> RunAsync(string[] args)
    {
        var points = args.Length > 0 ? long.Parse(args[0]) : 100_000_000;
        string[] sets = ["plain", "offset 1e6", "offset 1e8", "offset 1e9", "spikes", "steps", "walk"];
        Console.WriteLine($"window {Size:N0}, asked after each point; worst relative error of the variance at every 97th of the first and last {Stretch:N0} of {points:N0} points");
        foreach (var set in sets.Where(s => args.Length < 2 || s == args[1]))
        {
            var (first, last) = Worst(set, points);
            Console.WriteLine(
                $"  {set,-12} LiveDash {first.Ours,9:E1}, at the end {last.Ours,9:E1}  running sums {first.Sums,9:E1}, at the end {last.Sums,9:E1}"
                + $"  budget {Budget:E0}: {Meter.Verdict(Math.Max(first.Ours, last.Ours) <= Budget)}");
        }

        return Task.FromResult(0);
    }

    private static double[] Normals(int count)
    {
        var random = new Random(11);
        double Next() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Enumerable.Range(0, count).Select(_ => Next()).ToArray();
    }

    private static ((double Ours, double Sums) First, (double Ours, double Sums) Last) Worst(string set, long points)
    {
        var window = SlidingWindow.Create(WindowSpec.Last(Size), WindowOptions.Default);
        var variance = AggregateSpec.Parse("variance");
        var sums = new RunningSums(Size);
        var ring = new double[Size];
        var (first, last) = ((Ours: 0.0, Sums: 0.0), (Ours: 0.0, Sums: 0.0));
        var walk = 1e6;
        for (var i = 0L; i < points; i++)
        {
            // A different step through the table each time round, so that the data does not repeat.
            var normal = Normal[(int)((i * (2 * (i >> 20) + 1)) & (Normal.Length - 1))];
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
            window.Basics();
            if (i < Size || i % 97 != 0 || (i >= Stretch && i < points - Stretch)) continue;
            var exact = Exact(ring);
            ref var worst = ref i < Stretch ? ref first : ref last;
            worst.Ours = Math.Max(worst.Ours, Math.Abs(window.Evaluate(variance) - exact) / exact);
            worst.Sums = Math.Max(worst.Sums, Math.Abs((sums.Std * sums.Std) - exact) / exact);
        }

        return (first, last);
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
