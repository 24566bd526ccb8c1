using LiveDash.Core.Detection;

namespace LiveDash.Benchmarks.Detection;

/// <summary>What the detector costs a point and a series, and its false alarms a series and month on data in which nothing happens.</summary>
internal sealed class DetectBenchmark : IBenchmark
{
    private static readonly string[] s_kinds = ["independent", "AR(1) 0.9", "random walk", "daily cycle", "exponential"];

    public string Name => "detect";

    public string About => "the detector: ns a point, bytes a series, false alarms a series and month on clean data by interval; --seed N";

    public Task<int> RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] && int.TryParse(text, out var number) ? number : Random.Shared.Next();
        Console.WriteLine($"seed {seed}");
        Cost();
        foreach (var sensitivity in Enum.GetValues<Sensitivity>())
        {
            foreach (var (seconds, months, series) in new[] { (1, 1, 4), (10, 3, 6), (60, 3, 12), (300, 6, 24), (3600, 12, 24) })
            {
                var rates = s_kinds.Select((kind, at) => $"{kind} {FalseAlarms(kind, sensitivity, seconds, months, series, seed + at):F2}");
                Console.WriteLine($"{sensitivity}, a point each {seconds} s, {series} series of {months} months: {string.Join(", ", rates)}");
            }
        }

        return Task.FromResult(0);
    }

    private static void Cost()
    {
        const int count = 2_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var detectors = Enumerable.Range(0, count).Select(static _ => new AnomalyDetector()).ToArray();
        var random = new Random(1);
        for (var point = 0; point < 400; point++)
        {
            foreach (var detector in detectors) detector.Push(point * 5 * TimeSpan.TicksPerMinute, random.NextDouble());
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = CpuClock.Nanoseconds;
        for (var point = 400; point < 800; point++)
        {
            foreach (var detector in detectors) detector.Push(point * 5 * TimeSpan.TicksPerMinute, random.NextDouble());
        }

        var cost = (CpuClock.Nanoseconds - start) / (400 * count);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        GC.KeepAlive(detectors);
        Console.WriteLine($"{cost:N0} ns a bar over {count:N0} series in turn (budget 2,000: {Meter.Verdict(cost <= 2_000)}), {allocated / (400.0 * count):N2} B allocated a point, "
            + $"{bytes:N0} B a series (budget 4,096: {Meter.Verdict(bytes <= 4_096)})");
    }

    private static double FalseAlarms(string kind, Sensitivity sensitivity, int seconds, int months, int series, int seed)
    {
        var random = new Random(seed);
        var alarms = 0;
        for (var one = 0; one < series; one++)
        {
            var detector = new AnomalyDetector(sensitivity);
            var (state, was) = (0.0, false);
            for (long point = 0; point < 2_592_000L * months / seconds; point++)
            {
                var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                state = kind switch
                {
                    "AR(1) 0.9" => (0.9 * state) + noise,
                    "random walk" => state + noise,
                    "daily cycle" => (10 * Math.Sin(2 * Math.PI * point * seconds / 86_400)) + noise,
                    "exponential" => -Math.Log(1 - random.NextDouble()),
                    _ => noise,
                };
                var now = detector.Push(point * seconds * TimeSpan.TicksPerSecond, state) >= AnomalyDetector.Anomalous;
                if (now && !was) alarms++;
                was = now;
            }
        }

        return alarms / (double)(series * months);
    }
}
