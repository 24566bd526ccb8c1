using System.Diagnostics;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Benchmarks;

/// <summary>What a rule would have done over a day of one-second points in the embedded store: what the editor shows at each change.</summary>
internal sealed class PreviewBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double BudgetMs = 1_000;
    private const int Day = 86_400;
    private const int ManySeries = 100;
    private const int ManyPoints = 100_000;
    private const double ManyBudgetMs = 3_000;

    /// <inheritdoc/>
    public string Name => "preview";

    /// <inheritdoc/>
    public string About => "milliseconds to run a rule over a stored day of one-second points, by kind of rule; over ten series; and over 10 million points of a hundred";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-preview");
        try
        {
            var limits = new Limits();
            var catalog = new SeriesCatalog(limits);
            await using var engine = Stores.Embedded(directory.FullName, catalog);
            engine.Open();
            var store = new BlockPointStore(engine);
            var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
            await FillAsync(store, catalog, "load", 10, Day, from);
            await engine.Keeper.SealAsync();
            var preview = new RulePreview(store, catalog, limits, TimeProvider.System);
            foreach (var expr in new[]
            {
                "last(load{n=0}, 1) > 95", "mean(load{n=0}, 30s) > 60 for 10s keep 5s", "p99(load{n=0}, 5m) > 90", "anomaly(load{n=0})",
                "mean(load{n=0}, 30s) > 60 and max(load{n=1}, 5m) > 90", "absent(load{n=0}, 1m)", "mean(load{n=*}, 30s) > 60 for 10s keep 5s",
            })
            {
                await MeasureAsync(preview, expr, new TimeRange(from, from + (Day * TimeSpan.TicksPerSecond)));
            }

            await MeasureManyAsync(store, engine.Keeper.SealAsync, catalog, from);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return 0;
    }

    // What the editor asks (twelve series drawn), what the API asks (none), and the same without the bounds of stretches.
    private static async Task MeasureManyAsync(BlockPointStore store, Func<Task> seal, SeriesCatalog catalog, long from)
    {
        await FillAsync(store, catalog, "many", ManySeries, ManyPoints, from);
        await seal();
        var range = new TimeRange(from, from + (ManyPoints * TimeSpan.TicksPerSecond));
        foreach (var expr in (string[])["mean(many{n=*}, 30s) > 95 for 10s keep 5s", "mean(many{n=*}, 30s) > 75 for 10s keep 5s", "p99(many{n=*}, 5m) > 95"])
        {
            if (!RuleReader.TryRead(new RuleConfig { Id = "r", Name = "r", Expr = expr }, out var rule, out var faults)) throw new InvalidOperationException(faults[0].Detail);
            var taken = new List<double>();
            PreviewResult? result = null;
            foreach (var (bounds, columns) in ((bool, int)[])[(true, 800), (true, 0), (false, 0)])
            {
                var begun = Stopwatch.GetTimestamp();
                result = await new RulePreview(store, catalog, new Limits(), TimeProvider.System) { UsesBounds = bounds }.RunAsync(rule, range, default, columns);
                taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            Console.WriteLine(
                $"  {expr,-56} {result!.Points,10:N0} points  {result.Total,6:N0} episodes  {taken[0],7:N0} ms with twelve series drawn (budget {ManyBudgetMs:N0}: {Meter.Verdict(taken[0] <= ManyBudgetMs)}), "
                + $"{taken[1]:N0} with none, {taken[2]:N0} point by point");
        }
    }

    private static async Task MeasureAsync(RulePreview preview, string expr, TimeRange range)
    {
        if (!RuleReader.TryRead(new RuleConfig { Id = "r", Name = "r", Expr = expr }, out var rule, out var faults)) throw new InvalidOperationException(faults[0].Detail);
        var taken = new List<double>();
        PreviewResult? result = null;
        for (var round = -1; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            result = await preview.RunAsync(rule, range, default, columns: 800);
            if (round >= 0) taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        var median = Meter.Median(taken);
        var budget = result!.Series <= 2 ? $" (budget {BudgetMs:N0} ms: {Meter.Verdict(median <= BudgetMs)})" : "";
        Console.WriteLine($"  {expr,-56} {result.Points,8:N0} points  {result.Total,6:N0} episodes  {median,7:N0} ms{budget}");
    }

    private static async Task FillAsync(BlockPointStore store, SeriesCatalog catalog, string name, int count, int seconds, long from)
    {
        var random = new Random(1);
        var series = new int[count];
        for (var i = 0; i < series.Length; i++)
        {
            if (!SeriesKey.TryParse($"{name}{{n={i}}}", out var key) || !catalog.TryIntern(key!, out series[i])) throw new InvalidOperationException("A series was refused.");
        }

        for (var part = 0; part < seconds / 200; part++)
        {
            var batch = PointBatch.Rent(200 * count);
            for (var second = 0; second < 200; second++)
            {
                var at = (part * 200) + second;
                foreach (var one in series) batch.Add(one, from + (at * TimeSpan.TicksPerSecond), Math.Round(50 + (20 * Math.Sin(at / 900.0)) + (random.NextDouble() * 20), 2));
            }

            await store.AppendAsync(batch, default);
            batch.Release();
        }
    }
}
