using System.Reactive.Linq;
using System.Reactive.Subjects;
using LiveDash.Core.Windows;
using MathNet.Numerics.Statistics;

namespace LiveDash.Benchmarks;

/// <summary>Count windows, mean + std + min + max after every point, against what a .NET programmer would take instead.</summary>
internal sealed class WindowsBenchmark : IBenchmark
{
    private const double BudgetNanoseconds = 12;
    private static readonly double[] Values = Sample(1 << 20);
    private static readonly long[] Times = Enumerable.Range(0, 1 << 20).Select(static i => 638_000_000_000_000_000L + (i * 10_000L)).ToArray();
    private double _sink;

    public string Name => "windows";

    public string About => "sliding windows, 4 statistics after each point, against Rx.NET, MathNet and a plain recompute";

    public Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"count window: mean, std, min, max after every point; median of {Meter.Rounds} rounds in turns, {CpuClock.Name}");
        if (args is ["quick"])
        {
            foreach (var size in new[] { 64, 1_000, 65_536 }) Compare(size);
            return Task.FromResult(0);
        }

        var own = new[] { 10, 64, 100, 1_000, 65_536, 100_000, 1_000_000 }.ToDictionary(static size => size, Compare);
        Console.WriteLine($"\nwindow 65,536 against window 64: {own[65_536] / own[64]:N2} times (budget: equal)");
        return Task.FromResult(0);
    }

    private static double[] Sample(int count)
    {
        var random = new Random(42);
        return Enumerable.Range(0, count).Select(_ => 1000 + (random.NextDouble() * 10)).ToArray();
    }

    private double Compare(int size)
    {
        var ours = Filled(size);
        var scan = new RunningSums(size);
        var moving = new MovingStatistics(size);
        for (var i = 0; i < size && size <= 100_000; i++) moving.Push(Values[i]);
        var slow = Math.Clamp(40_000_000 / size / 10, 20, 20_000);
        var peers = new List<(string, Func<long>)>
        {
            ("LiveDash, one by one", () => Ours(ours, 1 << 20)),
            ("LiveDash, Summarize()", () => OursAll(ours, 1 << 18)),
            ("LiveDash, AddRange of 64, asked once", () => OursInRuns(ours, 1 << 20)),
            ("Rx Scan, running sums (inexact, no min/max)", () => RxScan(scan, 1 << 18)),
        };
        // The peers below read or move the whole window for each point.
        if (size <= 100_000)
        {
            peers.Add(("MathNet MovingStatistics (mean, std, min, max)", () => MathNetMoving(moving, Math.Clamp(20_000_000 / size, 100, 1 << 16))));
            peers.Add(("plain recompute", () => Plain(size, slow)));
        }

        if (size <= 1_000) peers.Add(("Rx Buffer(w, 1)", RxBuffer(size, slow)));
        var results = Meter.InTurns(peers);
        var own = results[0].Nanoseconds;
        Console.WriteLine($"\nwindow {size:N0}");
        foreach (var (name, nanoseconds, bytes) in results)
        {
            Console.WriteLine($"  {name,-48} {nanoseconds,12:N1} ns  {1e3 / nanoseconds,9:N2} M points/s  {bytes,8:N1} B  {nanoseconds / own,10:N1} x ours");
        }

        if (size is 64 or 1_000 or 65_536) Console.WriteLine($"  budget 12 ns a point, 0 B: {Meter.Verdict(own <= BudgetNanoseconds && results[0].Bytes < 0.01)}");
        var needed = size switch { 64 => 25, 1_000 => 500, _ => 0 };
        if (needed > 0) Console.WriteLine($"  budget {needed} x Rx Buffer: {Meter.Verdict(results[^1].Nanoseconds / own >= needed)} ({results[^1].Nanoseconds / own:N0} x)");
        return own;
    }

    private static SlidingWindow Filled(int size)
    {
        var window = SlidingWindow.Create(WindowSpec.Last(size), WindowOptions.Default);
        for (var i = 0; i < size; i++) window.Add(Times[0], Values[i & 0xFFFFF]);
        return window;
    }

    private long Ours(SlidingWindow window, int points)
    {
        var sum = 0.0;
        var start = window.Now;
        for (var i = 0; i < points; i++)
        {
            window.Add(start + (i * 10L), Values[i]);
            var basics = window.Basics();
            sum += basics.Mean + basics.Std + basics.Min + basics.Max;
        }

        _sink += sum;
        return points;
    }

    private long OursAll(SlidingWindow window, int points)
    {
        var sum = 0.0;
        var start = window.Now;
        for (var i = 0; i < points; i++)
        {
            window.Add(start + (i * 10L), Values[i]);
            var summary = window.Summarize();
            sum += summary.Mean + summary.Std + summary.Min + summary.Max + summary.Slope;
        }

        _sink += sum;
        return points;
    }

    private long OursInRuns(SlidingWindow window, int points)
    {
        const int run = 64;
        Span<long> times = stackalloc long[run];
        var (sum, start) = (0.0, window.Now);
        for (var i = 0; i < points; i += run)
        {
            for (var k = 0; k < run; k++) times[k] = start += 10;
            window.AddRange(times, Values.AsSpan(i, run));
            var basics = window.Basics();
            sum += basics.Mean + basics.Std + basics.Min + basics.Max;
        }

        _sink += sum;
        return points;
    }

    private long RxScan(RunningSums sums, int points)
    {
        using var subject = new Subject<double>();
        using var subscription = subject.Scan(sums, static (state, value) => state.Push(value)).Subscribe(state => _sink += state.Std);
        for (var i = 0; i < points; i++) subject.OnNext(Values[i]);
        return points;
    }

    // Rx opens a list a point and adds each point to all of them, so filling the first window costs w²/2: it is done once, outside the clock.
    private Func<long> RxBuffer(int size, int points)
    {
        var subject = new Subject<double>();
        subject.Buffer(size, 1).Subscribe(buffer => _sink += Recompute(buffer));
        for (var i = 0; i < size; i++) subject.OnNext(Values[i]);
        return () =>
        {
            for (var i = 0; i < points; i++) subject.OnNext(Values[i]);
            return points;
        };
    }

    private long MathNetMoving(MovingStatistics moving, int points)
    {
        for (var i = 0; i < points; i++)
        {
            moving.Push(Values[i]);
            _sink += moving.Mean + moving.PopulationStandardDeviation + moving.Minimum + moving.Maximum;
        }

        return points;
    }

    private long Plain(int size, int points)
    {
        for (var i = 0; i < points; i++) _sink += Recompute(new ArraySegment<double>(Values, i, size));
        return points;
    }

    private static double Recompute(IList<double> values)
    {
        double sum = 0, min = double.MaxValue, max = double.MinValue;
        for (var i = 0; i < values.Count; i++)
        {
            sum += values[i];
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
        }

        var mean = sum / values.Count;
        var squares = 0.0;
        for (var i = 0; i < values.Count; i++) squares += (values[i] - mean) * (values[i] - mean);
        return mean + Math.Sqrt(squares / values.Count) + min + max;
    }
}
