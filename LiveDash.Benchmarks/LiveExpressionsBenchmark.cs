using System.Diagnostics;
using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using LiveDash.Core.Storage.Blocks;

namespace LiveDash.Benchmarks;

/// <summary>
/// 10,000 live expressions at 10,000 points a second of 10,000 series, each judged ten times a second at most, a quarter of each kind: the newest point, a mean over a minute, a sum of rates over ten series, a mean
/// of the last 100 points. Time is simulated and stepped as the service steps it; the processor time is the process's own.
/// </summary>
internal sealed class LiveExpressionsBenchmark : IBenchmark
{
    private const int Series = 10_000;
    // So that the windows of a minute and of 100 points are full.
    private const int Past = 120;
    private const int Seconds = 10;
    private const int StepsASecond = 50;
    private const int BatchesASecond = 10;

    private static readonly string[] s_kinds = ["load{{host=\"h{0}\"}} > 80", "avg_over_time(load{{host=\"h{0}\"}}[1m]) > 80", "sum by (zone) (rate(load{{zone=\"z{1}\"}}[1m])) > 80", "mean(load{{host=h{0},zone=z{1}}}, 100) > 80"];

    /// <inheritdoc/>
    public string Name => "live-expressions";

    /// <inheritdoc/>
    public string About => "processor of 10,000 live expressions at 10,000 points/s";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
        try
        {
            var (catalog, time) = (new SeriesCatalog(new Limits()), new SteppedTime());
            await using var store = Stores.Embedded(directory, catalog);
            store.Open();
            for (var i = 0; i < Series; i++) catalog.TryIntern(new SeriesKey("load", [new("host", $"h{i}"), new("zone", $"z{i / 10}")]), out _);
            var live = new LiveQueries(catalog, new BlockPointStore(store), time);
            for (var second = 0; second < Past; second++) await SecondAsync(store, live, time, steps: false);

            var opening = Stopwatch.StartNew();
            var queries = Enumerable.Range(0, Series)
                .Select(i => live.Open(PromQuery.Parse(string.Format(CultureInfo.InvariantCulture, s_kinds[i % s_kinds.Length], i, i / 10)), new QueryLimits(), 10)).ToList();
            while (queries.Exists(static query => query.Latest is null)) await live.StepAsync(default);
            Console.WriteLine($"{Series:N0} expressions opened and their past read in {opening.Elapsed.TotalSeconds:N1} s");

            for (var second = 0; second < 3; second++) await SecondAsync(store, live, time, steps: true);
            var (posting, judging, before) = (TimeSpan.Zero, TimeSpan.Zero, queries.Sum(static query => query.Latest!.Number));
            for (var second = 0; second < Seconds; second++)
            {
                var (posted, judged) = await SecondAsync(store, live, time, steps: true);
                (posting, judging) = (posting + posted, judging + judged);
            }

            var (post, judge) = (posting.TotalMilliseconds / Seconds, judging.TotalMilliseconds / Seconds);
            Console.WriteLine($"{post:N0} ms of processor a second to hand 10,000 points on, {judge:N0} ms for {(queries.Sum(static query => query.Latest!.Number) - before) / Seconds:N0} judgements, {queries.Sum(static query => query.Held):N0} points held, {GC.GetTotalMemory(false) / 1e6:N0} MB of heap; budget 1,000 ms: {Meter.Verdict(post + judge <= 1_000)}");
            foreach (var query in queries) query.Dispose();
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(TimeSpan Posted, TimeSpan Judged)> SecondAsync(StoreEngine store, LiveQueries live, SteppedTime time, bool steps)
    {
        var (posted, judged) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var step = 0; step < StepsASecond; step++)
        {
            time.Now += TimeSpan.TicksPerSecond / StepsASecond;
            if (step % (StepsASecond / BatchesASecond) == 0)
            {
                var first = step / (StepsASecond / BatchesASecond) * (Series / BatchesASecond);
                var batch = PointBatch.Rent(Series / BatchesASecond);
                for (var i = first; i < first + (Series / BatchesASecond); i++) batch.Add(i, time.Now, (i + (time.Now / TimeSpan.TicksPerSecond)) % 100);
                posted += await CpuAsync(() => live.PostAsync(batch, default).AsTask());
                await store.Writer.AppendAsync(batch, default);
                batch.Release();
            }

            if (steps) judged += await CpuAsync(() => live.StepAsync(default));
        }

        return (posted, judged);
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
