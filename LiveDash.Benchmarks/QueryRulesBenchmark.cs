using System.Diagnostics;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Benchmarks;

/// <summary>
/// 1,000 rules in PromQL at 10,000 points a second, each judged ten times a second: by live expressions, against evaluations from the embedded store of the same points. Time is simulated, the
/// processor time is the process's own.
/// </summary>
internal sealed class QueryRulesBenchmark : IBenchmark
{
    private const int Rules = 1_000;
    private const int Past = 60;
    private const int LiveSeconds = 20;
    private const int StoreSteps = 5;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => "query-rules";

    /// <inheritdoc/>
    public string About => "processor of 1,000 rules in PromQL at 10,000 points/s: live expressions against evaluations from the store";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        foreach (var (what, text) in new[] { ("load > 80", "load{{host=\"h{0}\"}} > 80"), ("avg_over_time(load[1m]) > 80", "avg_over_time(load{{host=\"h{0}\"}}[1m]) > 80"), ("sum(rate(load[1m])) > 80", "sum(rate(load{{host=\"h{0}\"}}[1m])) > 80") })
        {
            var rules = Enumerable.Range(0, Rules).Select(i => PromQuery.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, i))).ToList();
            await MeasureAsync(what, rules);
        }

        return 0;
    }

    private static async Task MeasureAsync(string what, List<QueryExpr> rules)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
        try
        {
            var (catalog, time) = (new SeriesCatalog(new Limits()), new SteppedTime());
            await using var store = Stores.Embedded(directory, catalog);
            store.Open();
            for (var i = 0; i < Rules; i++) catalog.TryIntern(new SeriesKey("load", [new("host", $"h{i}")]), out _);
            var points = new BlockPointStore(store);
            var live = new LiveQueries(catalog, points, time);
            for (var i = 0; i < Past * 10; i++) await ArriveAsync(store, live, time);

            var engine = new QueryEngine(catalog, points, time);
            await engine.InstantAsync(rules[0], time.Now, new QueryLimits(), default);
            var stored = await CpuAsync(async () =>
            {
                for (var step = 0; step < StoreSteps; step++)
                {
                    foreach (var rule in rules) await engine.InstantAsync(rule, time.Now, new QueryLimits(), default);
                }
            }) / StoreSteps * 10;

            var queries = rules.ConvertAll(rule => live.Open(rule, new QueryLimits(), 10));
            while (queries.Exists(static query => query.Latest is null)) await live.StepAsync(default);
            var before = queries.Sum(static query => query.Latest!.Number);
            var (posting, judging) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var i = 0; i < LiveSeconds * 10; i++)
            {
                var batch = Next(time);
                posting += await CpuAsync(() => live.PostAsync(batch, default).AsTask());
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
                judging += await CpuAsync(() => live.StepAsync(default));
            }

            var judged = (queries.Sum(static query => query.Latest!.Number) - before) / (double)LiveSeconds;
            var ours = (posting + judging) / LiveSeconds;
            Console.WriteLine($"{what,-30} store {stored.TotalMilliseconds,9:N0} ms of processor a second   live {ours.TotalMilliseconds,6:N0} ms ({judged:N0} judgements a second, {queries.Sum(static query => query.Held):N0} points held)   {stored / ours:N0} x");
            foreach (var query in queries) query.Dispose();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task ArriveAsync(StoreEngine store, LiveQueries live, SteppedTime time)
    {
        var batch = Next(time);
        await live.PostAsync(batch, default);
        await store.Writer.AppendAsync(batch, default);
        batch.Release();
    }

    private static PointBatch Next(SteppedTime time)
    {
        time.Now += s_step.Ticks;
        var batch = PointBatch.Rent(Rules);
        for (var i = 0; i < Rules; i++) batch.Add(i, time.Now, (i + (time.Now / s_step.Ticks)) % 100);
        return batch;
    }

    private static async Task<TimeSpan> CpuAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Now { get; set; } = DateTime.UnixEpoch.AddDays(20_000).Ticks;

        public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
    }
}
