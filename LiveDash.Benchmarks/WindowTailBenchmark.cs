using System.Diagnostics;
using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>The worst case: what the unluckiest points pay, for adding and asking each time.</summary>
internal sealed class WindowTailBenchmark : IBenchmark
{
    private const int Points = 2_500_000;
    private readonly double[] _values = Enumerable.Range(0, 1 << 20).Select(static i => 1000 + (i * 7919L % 1000 * 0.01)).ToArray();
    private readonly int[] _each = new int[Points];
    private double _sink;

    public string Name => "window-tail";

    public string About => "p99.99 and worst of one Add and one question, windows 64 to 1,000,000";

    public Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"one Add and one question, {Points:N0} points each, ns; a clock read of some 20 ns is in each");
        Console.WriteLine("the worst of all includes other processes' turns on this machine: it is that of the empty loop too");
        Print("nothing but the clock", static () => { });
        foreach (var size in new[] { 64, 1_000, 65_536, 100_000, 1_000_000 })
        {
            foreach (var all in new[] { false, true })
            {
                var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
                var clock = 638_000_000_000_000_000L;
                for (var i = 0; i < size; i++) window.Add(++clock, _values[i & 0xFFFFF]);
                Print($"window {size,9:N0}, {(all ? "Summarize()" : "Basics()")}", () =>
                {
                    window.Add(++clock, _values[(int)clock & 0xFFFFF]);
                    _sink += all ? window.Summarize().Slope : window.Basics().Std;
                });
            }
        }

        return Task.FromResult(0);
    }

    private void Print(string name, Action step)
    {
        for (var i = 0; i < 300_000; i++) step();
        for (var i = 0; i < Points; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step();
            _each[i] = (int)Math.Min(int.MaxValue, Stopwatch.GetTimestamp() - start);
        }

        Array.Sort(_each);
        Console.WriteLine($"  {name,-34} p50 {At(0.5),6:N0}  p99 {At(0.99),6:N0}  p99.99 {At(0.9999),8:N0}  p99.9999 {At(0.999999),8:N0}  max {At(1),10:N0}");
    }

    private double At(double part) => _each[(int)(part * (Points - 1))] * 1e9 / Stopwatch.Frequency;
}
