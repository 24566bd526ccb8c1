using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>What windows weigh: a point kept, a series that is idle, and 50,000 series of one 5-minute window at a point a second.</summary>
internal sealed class WindowMemoryBenchmark : IBenchmark
{
    private const long Start = 638_000_000_000_000_000L;
    private const double BudgetBytes = 1L << 30;

    public string Name => "window-memory";

    public string About => "bytes a point kept, bytes an idle series, 50,000 series of a 5-minute window (budget 1 GiB)";

    public Task<int> RunAsync(string[] args)
    {
        var points = Weigh(1, "1000000", 1_000_000, silence: 0);
        Console.WriteLine($"one window of 1,000,000 points            {points / 1e6,10:N1} B a point");
        var idle = Weigh(10_000, "5m", 1, silence: 0);
        Console.WriteLine($"a series with one point, asked once        {idle / 10_000,10:N0} B");
        var silent = Weigh(10_000, "5m", 300, silence: 700);
        Console.WriteLine($"a 5m series silent for 11 minutes          {silent / 10_000,10:N0} B");
        var many = Weigh(50_000, "5m", 310, silence: 0);
        Console.WriteLine($"50,000 series, 5m at 1 point/s, each asked {many / 1e6,10:N0} MB, {many / 50_000,0:N0} B a series; budget 1 GiB: {Meter.Verdict(many <= BudgetBytes)}");
        return Task.FromResult(0);
    }

    private static double Weigh(int series, string spec, int points, int silence)
    {
        var window = WindowSpec.Parse(spec);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var windows = new SlidingWindow[series];
        for (var i = 0; i < series; i++)
        {
            windows[i] = SlidingWindow.Create(window, WindowOptions.Default);
            for (var k = 0; k < points; k++) windows[i].Add(Start + (k * TimeSpan.TicksPerSecond), k % 100);
            windows[i].Summarize();
            for (var k = 0; k < silence; k++) windows[i].AdvanceTo(Start + ((points + k) * TimeSpan.TicksPerSecond));
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(windows);
        return bytes;
    }
}
