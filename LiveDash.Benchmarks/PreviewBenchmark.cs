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

    /// <inheritdoc/>
    public string Name => "preview";

    /// <inheritdoc/>
    public string About => "milliseconds to run a rule over a stored day of one-second points, by kind of rule; and over ten series";

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
            await FillAsync(store, catalog, from);
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
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return 0;
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

    private static async Task FillAsync(BlockPointStore store, SeriesCatalog catalog, long from)
    {
        var random = new Random(1);
        var series = new int[10];
        for (var i = 0; i < series.Length; i++)
        {
            if (!SeriesKey.TryParse($"load{{n={i}}}", out var key) || !catalog.TryIntern(key!, out series[i])) throw new InvalidOperationException("A series was refused.");
        }

        for (var part = 0; part < Day / 600; part++)
        {
            var batch = PointBatch.Rent(6_000);
            for (var second = 0; second < 600; second++)
            {
                var at = (part * 600) + second;
                foreach (var one in series) batch.Add(one, from + (at * TimeSpan.TicksPerSecond), Math.Round(50 + (20 * Math.Sin(at / 900.0)) + (random.NextDouble() * 20), 2));
            }

            await store.AppendAsync(batch, default);
            batch.Release();
        }
    }
}
