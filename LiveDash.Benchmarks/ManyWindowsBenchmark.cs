using System.Reactive.Linq;
using System.Reactive.Subjects;
using LiveDash.Core.Windows;
using MathNet.Numerics.Statistics;

namespace LiveDash.Benchmarks;

/// <summary>A window of 64 for each of 1, 1,000 and 50,000 series, where the memory is what costs, against the same peers.</summary>
internal sealed class ManyWindowsBenchmark : IBenchmark
{
    private const int Size = 64;
    private const int Points = 1 << 20;
    private const int Run = 32;
    private readonly double[] _values = Enumerable.Range(0, Points).Select(static i => 1000 + (i * 7919L % 1000 * 0.01)).ToArray();
    private double _sink;
    private long _clock = 638_000_000_000_000_000L;

    public string Name => "many-windows";

    public string About => "windows of 64 over 1, 1,000 and 50,000 series, against Rx.NET, MathNet and a plain recompute";

    public Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"window {Size}, mean (ours and MathNet: also std, min, max); median of {Meter.Rounds} rounds in turns, {CpuClock.Name}");
        foreach (var series in new[] { 1, 1_000, 50_000 }) Compare(series);
        return Task.FromResult(0);
    }

    private void Compare(int count)
    {
        var windows = new SlidingWindow[count];
        var scans = new Subject<double>[count];
        var moving = new MovingStatistics[count];
        for (var i = 0; i < count; i++)
        {
            windows[i] = SlidingWindow.Create(WindowSpec.Last(Size), WindowOptions.Default);
            moving[i] = new MovingStatistics(Size);
            scans[i] = new Subject<double>();
            scans[i].Scan(new RunningSums(Size), static (state, value) => state.Push(value)).Subscribe(state => _sink += state.Std);
            for (var k = 0; k < Size; k++)
            {
                windows[i].Add(_clock, _values[k]);
                moving[i].Push(_values[k]);
                scans[i].OnNext(_values[k]);
            }
        }

        List<(string, Func<long>)> peers =
        [
            ("LiveDash, a point a series in turns", () => InTurns(count, Points, (at, i) => One(windows[at], i))),
            ($"LiveDash, runs of {Run} a series, asked once a run", () => Runs(windows)),
            ("Rx Scan, running sums (inexact, no min/max)", () => InTurns(count, Points, (at, i) => scans[at].OnNext(_values[i]))),
            ("MathNet MovingStatistics", () => InTurns(count, Points / 8, (at, i) => _sink += Push(moving[at], _values[i]))),
        ];
        // Rx holds a list for each point of each window: 50,000 series would take gigabytes.
        if (count <= 1_000) peers.Add(("Rx Buffer(w, 1)", RxBuffer(count)));
        var results = Meter.InTurns(peers);
        Console.WriteLine($"\n{count:N0} series, window {Size}");
        foreach (var (name, nanoseconds, bytes) in results)
        {
            Console.WriteLine($"  {name,-50} {nanoseconds,9:N1} ns  {1e3 / nanoseconds,8:N2} M points/s  {bytes,8:N1} B  {nanoseconds / results[0].Nanoseconds,7:N2} x ours");
        }
    }

    private static double Push(MovingStatistics moving, double value)
    {
        moving.Push(value);
        return moving.Mean + moving.PopulationStandardDeviation + moving.Minimum + moving.Maximum;
    }

    private static long InTurns(int count, int points, Action<int, int> push)
    {
        for (var (i, at) = (0, 0); i < points; i++)
        {
            push(at, i);
            if (++at == count) at = 0;
        }

        return points;
    }

    private void One(SlidingWindow window, int i)
    {
        window.Add(++_clock, _values[i]);
        var basics = window.Basics();
        _sink += basics.Mean + basics.Std + basics.Min + basics.Max;
    }

    private Func<long> RxBuffer(int count)
    {
        var subjects = Enumerable.Range(0, count).Select(static _ => new Subject<double>()).ToArray();
        foreach (var subject in subjects)
        {
            subject.Buffer(Size, 1).Subscribe(buffer => _sink += buffer.Average());
            for (var k = 0; k < Size; k++) subject.OnNext(_values[k]);
        }

        return () => InTurns(count, Points / 16, (at, i) => subjects[at].OnNext(_values[i]));
    }

    private long Runs(SlidingWindow[] windows)
    {
        Span<long> times = stackalloc long[Run];
        for (var (i, at) = (0, 0); i < Points; i += Run)
        {
            for (var k = 0; k < Run; k++) times[k] = ++_clock;
            windows[at].AddRange(times, _values.AsSpan(i, Run));
            _sink += windows[at].Basics().Mean;
            if (++at == windows.Length) at = 0;
        }

        return Points;
    }
}
