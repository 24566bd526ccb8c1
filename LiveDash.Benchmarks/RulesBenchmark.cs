using System.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Benchmarks;

/// <summary>What a point costs to judge by 1,000 rules of which one matches, against by that one alone; and from a breach to its callback.</summary>
internal sealed class RulesBenchmark : IBenchmark
{
    private const int Points = 1 << 20;
    private const int Breaches = 400;
    private const double BudgetMilliseconds = 1;

    public string Name => "rules";

    public string About => "judging a point by 1,000 rules of which one matches, against one rule; and arrival of a breach to its callback";

    public async Task<int> RunAsync(string[] args)
    {
        var (one, thousand) = (Judge(1), Judge(1_000));
        var results = Meter.InTurns([("1 rule", one), ("1,000 rules, 1 matches", thousand)]);
        Console.WriteLine($"mean(x, 64) > 80 judged at each point; {CpuClock.Name}");
        foreach (var (name, nanoseconds, bytes) in results)
        {
            Console.WriteLine($"  {name,-24} {nanoseconds,7:N1} ns a point  {bytes,5:N2} B  {nanoseconds / results[0].Nanoseconds,5:N2} x one rule");
        }

        await LatencyAsync(1);
        await LatencyAsync(1_000);
        return 0;
    }

    private static RuleSet Rules(int count) => new([.. Enumerable.Range(0, count).Select(static i =>
    {
        var config = new RuleConfig { Id = $"r{i}", Name = $"r{i}", Expr = i == 0 ? "mean(x, 64) > 80" : $"mean(other{i}, 64) > 80" };
        return RuleReader.TryRead(config with { AllowPartial = true }, out var rule, out _) ? rule : throw new InvalidOperationException(config.Expr);
    })]);

    private static JudgeParts Parts(SeriesCatalog catalog, IAlertLog log) => new(catalog, new Limits(), new MeasureBoard(), new RuleStates(), log);

    private static int Intern(SeriesCatalog catalog)
    {
        SeriesKey.TryParse("x", out var key);
        catalog.TryIntern(key!, out var series);
        return series;
    }

    private static Func<long> Judge(int rules)
    {
        var catalog = new SeriesCatalog(new Limits());
        var series = Intern(catalog);
        var windows = new PreviewWindows(catalog, LiveDash.Core.Detection.LocalClock.Utc);
        var judge = new AlertJudge(Parts(catalog, new CallbackLog()), 0, 1, windows);
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        judge.Configure(Rules(rules), now);
        for (var i = 0; i < 64; i++) windows.LaneOf(catalog[series]).Add(now, 50);
        return () =>
        {
            for (var i = 0; i < Points; i++)
            {
                now += TimeSpan.TicksPerMillisecond;
                if (judge.Watches(series, now)) judge.OnPoint(series, now, now);
            }

            return Points;
        };
    }

    private static async Task LatencyAsync(int rules)
    {
        var catalog = new SeriesCatalog(new Limits());
        var series = Intern(catalog);
        var log = new CallbackLog();
        var options = new EngineOptions { QueueBatches = 16 };
        var judges = new AlertJudgeFactory(Parts(catalog, log), options, TimeProvider.System);
        var engine = new LiveEngine(options, TimeProvider.System, NullLogger<LiveEngine>.Instance, store: null, judges);
        var loops = engine.Shards.Select(shard => Task.Run(() => shard.RunAsync(TimeProvider.System))).ToArray();
        var set = Rules(rules);
        await engine.WithJudgesAsync(judge => ((AlertPointJudge)judge).Configure(set), default);
        var taken = new List<double>();
        for (var i = 0; i < Breaches; i++)
        {
            var heard = log.Next();
            var begun = Stopwatch.GetTimestamp();
            // Sixty-four points of one value fill the window, so the last of them decides.
            var batch = PointBatch.Rent(64);
            for (var p = 0; p < 64; p++) batch.Add(series, TimeProvider.System.GetUtcNow().UtcTicks, i % 2 == 0 ? 200 : 0);
            await engine.PostAsync(batch, default);
            batch.Release();
            taken.Add(Stopwatch.GetElapsedTime(begun, await heard).TotalMilliseconds);
        }

        foreach (var shard in engine.Shards) shard.Complete();
        await Task.WhenAll(loops);
        taken.Sort();
        var p99 = taken[(int)(taken.Count * 0.99)];
        Console.WriteLine($"  {rules,5:N0} rules: a batch posted to the callback of its alert: p50 {taken[taken.Count / 2]:N3} ms, p99 {p99:N3} ms (budget {BudgetMilliseconds} ms: {Meter.Verdict(p99 <= BudgetMilliseconds)})");
    }
}
