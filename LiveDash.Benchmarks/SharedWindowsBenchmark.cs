using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>What ten windows over one series cost against one: each with its own log, and all over one.</summary>
internal sealed class SharedWindowsBenchmark : IBenchmark
{
    private const int Points = 1 << 19;
    private const long Start = 638_000_000_000_000_000L;
    private static readonly string[] Specs = ["10s", "30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h"];
    private readonly double[] _values = Enumerable.Range(0, Points).Select(static i => 100 + (i * 7919 % 1000 * 0.01)).ToArray();
    private double _sink;

    public string Name => "shared-windows";

    public string About => "ten time windows (10s to 2h) over one series at 10 points/s, against one";

    public Task<int> RunAsync(string[] args)
    {
        foreach (var (every, title) in new[] { (1, "asked after every point"), (10, "asked every 10 points"), (100, "asked every 100 points") })
        {
            var shared = new SeriesWindows(TimeSpan.FromSeconds(5));
            var windows = Specs.Select(spec => shared.Attach(WindowSpec.Parse(spec), WindowOptions.Default)).ToArray();
            var apart = Specs.Select(static spec => SlidingWindow.Create(WindowSpec.Parse(spec), WindowOptions.Default)).ToArray();
            var one = SlidingWindow.Create(WindowSpec.Parse("5m"), WindowOptions.Default);
            var results = Meter.InTurns(
            [
                ("one window, 5m", () => Feed(one.Add, [one], every)),
                ("ten windows, one log", () => Feed(shared.Add, windows, every)),
                ("ten windows, ten logs", () => Feed((time, value) => AddAll(apart, time, value), apart, every)),
            ]);
            Console.WriteLine($"\nmean, std, min, max of every window {title}; {CpuClock.Name}");
            foreach (var (name, nanoseconds, bytes) in results)
            {
                Console.WriteLine($"  {name,-24} {nanoseconds,8:N1} ns a point  {bytes,6:N2} B  {nanoseconds / results[0].Nanoseconds,6:N1} x one window");
            }
        }

        return Task.FromResult(0);
    }

    private static void AddAll(SlidingWindow[] windows, long time, double value)
    {
        foreach (var window in windows) window.Add(time, value);
    }

    private long Feed(Action<long, double> add, SlidingWindow[] windows, int every)
    {
        var (sum, clock) = (0.0, Math.Max(Start, windows[0].Now));
        for (var i = 0; i < Points; i++)
        {
            add(clock += TimeSpan.TicksPerSecond / 10, _values[i]);
            if (i % every != 0) continue;
            foreach (var window in windows) sum += window.Basics().Std;
        }

        _sink += sum;
        return Points;
    }
}
