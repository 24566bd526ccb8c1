using LiveDash.Core.Detection;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks.Detection;

/// <summary>What the detector costs a point and a series, and its false alarms a series and month on data in which nothing happens.</summary>
internal sealed class DetectBenchmark : IBenchmark
{
    private static readonly string[] s_kinds = ["independent", "AR(1) 0.9", "random walk", "daily cycle", "exponential", "Student t of 3", "log-normal"];

    // As many alerts as a rule may have.
    private const int RuleSeries = 10_000;

    public string Name => "detect";

    public string About => "the detector: ns a point, bytes a series, 50,000 series live, beside a random cut forest and the robust z-score; false alarms a series and month on clean data by interval; --seed N";

    public async Task<int> RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] && int.TryParse(text, out var number) ? number : Random.Shared.Next();
        Console.WriteLine($"seed {seed}");
        Cost();
        Peers();
        Held();
        var without = await LiveAsync(50_000, watched: false, 0);
        var with = await LiveAsync(50_000, watched: true, 0);
        Console.WriteLine($"a detector with its place in the engine and who leases it: {with - without:N0} B");
        // Two rules share the detectors: what the second adds is an alert a series, and the rest of what one rule holds is the detector with its place in the engine.
        var none = await LiveAsync(RuleSeries, watched: false, 0);
        var one = await LiveAsync(RuleSeries, watched: false, 1);
        var alert = await LiveAsync(RuleSeries, watched: false, 2) - one;
        Console.WriteLine($"anomaly(load.*) over {RuleSeries:N0} series: {one - none:N0} B a series, {alert:N0} of them the rule's alert, "
            + $"{one - none - alert:N0} the detector with its place in the engine (budget 4,096: {Meter.Verdict(one - none - alert <= 4_096)})");
        foreach (var (seconds, months, series) in new[] { (1, 1, 48), (10, 3, 24), (60, 3, 48), (300, 6, 48), (3600, 12, 48) })
        {
            Console.WriteLine($"a point each {seconds} s, {series} series of {months} months, false alarms a series and month at low / medium / high sensitivity, with the standard error of medium:");
            for (var at = 0; at < s_kinds.Length; at++)
            {
                var rates = FalseAlarms(s_kinds[at], seconds, months, series, seed + at);
                var error = Math.Sqrt(rates[1] / (series * months));
                Console.WriteLine($"  {s_kinds[at]}: {string.Join(" / ", rates.Select(static rate => $"{rate:F2}"))}, ± {error:F2} (budget 1: {Meter.Verdict(rates[1] <= 1)})");
            }
        }

        return 0;
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

    // What is held beside a detector where somebody asks for it.
    private static void Held()
    {
        const int columns = 96;
        Console.WriteLine($"beside it, where asked for: a trace of {columns} columns for a band or a heat strip {BytesOf(static () => new AnomalyTrace(5 * TimeSpan.TicksPerMinute, columns)):N0} B, "
            + $"a trend for time_to {BytesOf(static () => new TrendWatch()):N0} B, "
            + string.Join(", ", new[] { 1, 6, 24 }.Select(static hours => $"a forecast {hours} h ahead {BytesOf(() => new BarForecaster(TimeSpan.FromHours(hours))):N0} B")));
    }

    private static long BytesOf(Func<IJudgedBars> make)
    {
        const int count = 20;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var all = Enumerable.Range(0, count).Select(_ => make()).ToArray();
        for (var bar = 0; bar < 3_000; bar++)
        {
            foreach (var one in all) one.Take(new JudgedBar(bar * 5 * TimeSpan.TicksPerMinute, bar % 70, 0, 0, bar % 70, 0));
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        GC.KeepAlive(all);
        return bytes;
    }

    // The peers by the same points, one series: a random cut forest of 30 trees of 256 and the robust z-score over 300.
    private static void Peers()
    {
        const int points = 5_000;
        var random = new Random(2);
        var values = Enumerable.Range(0, points).Select(_ => random.NextDouble()).ToArray();
        var trees = Enumerable.Range(0, 30).Select(static tree => new CutTree(256, new Random(tree))).ToArray();
        var score = AggregateSpec.Of(AggregateKind.ZScore);
        var window = SlidingWindow.Create(WindowSpec.Last(300), new WindowOptions { Needs = [score] });
        var detector = new AnomalyDetector();
        var own = Nanoseconds(values, (i, value) => detector.Push(i * 5 * TimeSpan.TicksPerMinute, value));
        var forest = Nanoseconds(values, (i, value) => trees.Sum(tree => tree.Push(i, [value, values[Math.Max(0, i - 1)], values[Math.Max(0, i - 2)], values[Math.Max(0, i - 3)]])));
        var robust = Nanoseconds(values, (i, value) =>
        {
            window.Add(i * 5 * TimeSpan.TicksPerMinute, value);
            return window.Evaluate(score);
        });
        Console.WriteLine($"one series of {points:N0} points: detector {own:N0} ns a bar, random cut forest {forest / own:N0} times that, robust z-score {robust / own:N2} times");
    }

    private static double Nanoseconds(double[] values, Func<int, double, double> push)
    {
        var start = CpuClock.Nanoseconds;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += push(i, values[i]);
        GC.KeepAlive(sum);
        return (CpuClock.Nanoseconds - start) / (double)values.Length;
    }

    // The engine with a point a series each ten seconds, with a lease of a detector on each, with rules over all, or with neither.
    private static async Task<long> LiveAsync(int series, bool watched, int rules)
    {
        const int warm = 40, rounds = 40;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var judges = rules == 0 ? null : new RuleJudges("anomaly(load.*)", series, Environment.ProcessorCount, rules);
        var engine = new LiveEngine(new EngineOptions { QueueBatches = 4 }, TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        var leases = watched ? Enumerable.Range(0, series).Select(one => engine.LeaseDetector(one)).ToArray() : [];
        var ticks = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (var i = 0; i < warm; i++) await PostAsync(engine, series, ticks += 10 * TimeSpan.TicksPerSecond);
        await engine.FlushAsync(default);
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < rounds; i++) await PostAsync(engine, series, ticks += 10 * TimeSpan.TicksPerSecond);
        await engine.FlushAsync(default);
        var cost = (Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / (series * rounds);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / series;
        Console.WriteLine($"engine, {series:N0} series, {rules} rules, {engine.Detectors:N0} detectors: {cost:N0} ns of processor a point, {bytes:N0} B a series in all");
        foreach (var lease in leases) lease.Dispose();
        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        GC.KeepAlive(judges);
        return bytes;
    }

    private static async ValueTask PostAsync(LiveEngine engine, int series, long ticks)
    {
        var batch = PointBatch.Rent(series);
        for (var i = 0; i < series; i++) batch.Add(i, ticks, ((i * 7919) + (ticks / TimeSpan.TicksPerSecond * 6151)) & 1023);
        await engine.PostAsync(batch, default);
        batch.Release();
    }

    private static double[] FalseAlarms(string kind, int seconds, int months, int series, int seed)
    {
        var random = new Random(seed);
        var alarms = new double[3];
        for (var one = 0; one < series; one++)
        {
            var detector = new AnomalyDetector();
            var was = new bool[3];
            var state = 0.0;
            for (long point = 0; point < 2_592_000L * months / seconds; point++)
            {
                state = Next(kind, state, point * seconds, random);
                detector.Push(point * seconds * TimeSpan.TicksPerSecond, state);
                for (var at = 0; at < was.Length; at++)
                {
                    var now = detector.ScoreAt((Sensitivity)at) >= AnomalyDetector.Anomalous;
                    if (now && !was[at]) alarms[at] += 1.0 / (series * months);
                    was[at] = now;
                }
            }
        }

        return alarms;
    }

    private static double Next(string kind, double state, long second, Random random) => kind switch
    {
        "AR(1) 0.9" => (0.9 * state) + Normal(random),
        "random walk" => state + Normal(random),
        "daily cycle" => (10 * Math.Sin(2 * Math.PI * second / 86_400)) + Normal(random),
        "exponential" => -Math.Log(1 - random.NextDouble()),
        "Student t of 3" => Normal(random) / Math.Sqrt((Square(Normal(random)) + Square(Normal(random)) + Square(Normal(random))) / 3),
        "log-normal" => Math.Exp(Normal(random)),
        _ => Normal(random),
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Square(double value) => value * value;
}
