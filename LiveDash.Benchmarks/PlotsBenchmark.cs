using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveDash.Benchmarks.Load;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Web;

namespace LiveDash.Benchmarks;

/// <summary>What a plot costs, against matplotlib; what a job of 5 million points holds in memory; what 50 plots do to other requests.</summary>
internal sealed class PlotsBenchmark : IBenchmark
{
    private const int ManyPoints = 5_000_000;
    private const int Plots = 50;
    private const int Workers = 4;
    // Where a distribution's package puts its modules; another python3 in the path may not see them.
    private const string SystemPython = "/usr/bin/python3";
    private const int PlotPoints = 1_000_000;
    private static readonly long s_start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(4);

    public string Name => "plots";

    public string About => "a line as PNG against matplotlib, the memory of a 5-million-point job, and requests while 50 plots are drawn; draw: the first alone; workers: requests while four workers of their own draw, over Redis, and how soon progress and a cancellation arrive";

    public async Task<int> RunAsync(string[] args)
    {
        if (args is ["workers"])
        {
            await using var workers = await PlotWorkers.StartRedisAsync();
            await DisturbAsync(workers);
            await using var others = await PlotWorkers.StartRedisAsync();
            await PlotPace.MeasureAsync(others);
            return 0;
        }

        Console.WriteLine($"line, 800 x 450 PNG with axes and text, points in memory; {CpuClock.Name}, medians");
        await DrawAsync(1_000, rounds: 60, budget: 5);
        await DrawAsync(PlotPoints, rounds: 30, budget: 10);
        if (args is ["draw"]) return 0;
        await HoldAsync();
        await DisturbAsync(null);
        return 0;
    }

    private static async Task DrawAsync(int points, int rounds, double budget)
    {
        var series = new int[points];
        var times = new long[points];
        var values = new double[points];
        var random = new Random(1);
        for (var i = 0; i < points; i++)
        {
            times[i] = s_start + (i * 1_000_000L);
            values[i] = 40 + (15 * Math.Sin(i * 20.0 / points)) + (6 * (random.NextDouble() + random.NextDouble() - 1));
        }

        PlotSeries[] names = [new(0, new SeriesKey("cpu.load"), 0)];
        var range = new TimeRange(times[0], times[^1] + 1);
        var (whole, reduce) = (new List<double>(), new List<double>());
        var bytes = 0;
        for (var round = -30; round < rounds; round++)
        {
            var begin = CpuClock.Nanoseconds;
            var spec = new PlotSpec();
            var reducer = PlotReducer.Create(spec, names, range);
            reducer.Add(series, times, values, default, default);
            var reduced = CpuClock.Nanoseconds;
            bytes = PlotRenderer.Render(spec, reducer).Length;
            if (round < 0) continue;
            reduce.Add((reduced - begin) / 1e6);
            whole.Add((CpuClock.Nanoseconds - begin) / 1e6);
        }

        var mine = Meter.Median(whole);
        Console.WriteLine($"  LiveDash, {points,9:N0} points    {mine,8:N2} ms, {Meter.Median(reduce):N2} of it to reduce; {bytes / 1024.0:N0} KiB   budget {budget}: {Meter.Verdict(mine <= budget)}");
        Console.WriteLine(await MatplotlibAsync(points, points > 100_000 ? 5 : 15) is { } theirs
            ? $"  matplotlib, {points,9:N0} points  {theirs,8:N2} ms   {theirs / mine,6:N1} x"
            : "  matplotlib is skipped: python3 has no matplotlib (apt-get install python3-matplotlib)");
    }

    private static async Task<double?> MatplotlibAsync(int points, int rounds)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Load", "matplotlib_line.py");
        try
        {
            using var python = Process.Start(new ProcessStartInfo(File.Exists(SystemPython) ? SystemPython : "python3", [script, $"{points}", $"{rounds}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = python.StandardError.ReadToEndAsync();
            var said = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return python.ExitCode == 0 && double.TryParse(said, CultureInfo.InvariantCulture, out var ms) ? ms : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // The store is filled in this process; the job runs in a fresh one, whose memory nothing else has grown.
    private static async Task HoldAsync()
    {
        var directory = Directory.CreateTempSubdirectory("livedash-bench-").FullName;
        try
        {
            var catalog = new SeriesCatalog(new Limits());
            await using (var store = Stores.Embedded(directory, catalog))
            {
                store.Open();
                catalog.TryIntern(new SeriesKey("cpu.load"), out var number);
                await FillAsync(store, number);
                await store.Keeper.SealAsync();
            }

            await using var server = await ServerUnderLoad.StartAsync(
                "dotnet", [typeof(LiveDashApp).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={directory}", "--LiveDash:HostMetrics:Enabled=false"]);
            await SubmitAsync(server.Client, "cpu.load", "warm up", "2026-11-01T00:10:00Z");
            while (!await IsDoneAsync(server.Client)) await Task.Yield();
            var before = server.ResidentMegabytes;
            var peak = before;
            var clock = Stopwatch.StartNew();
            await SubmitAsync(server.Client, "cpu.load", "all", "2026");
            while (!await IsDoneAsync(server.Client)) peak = Math.Max(peak, server.ResidentMegabytes);
            var grown = Math.Max(peak, server.ResidentMegabytes) - before;
            Console.WriteLine($"\na job of {ManyPoints:N0} stored points: {clock.Elapsed.TotalSeconds:N2} s, the program grew from {before:N0} MB by {grown:N1} MB   budget 50: {Meter.Verdict(grown <= 50)}");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task SubmitAsync(HttpClient client, string series, string title, string end)
    {
        using var body = new StringContent($$"""{"series":"{{series}}","start":"2026","end":"{{end}}","title":"{{title}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/jobs", body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task FillAsync(StoreEngine store, int number)
    {
        const int Batch = 10_000;
        for (var at = 0; at < ManyPoints; at += Batch)
        {
            var batch = PointBatch.Rent(Batch);
            for (var i = at; i < at + Batch; i++) batch.Add(number, s_start + (i * 1_000_000L), (2000 + (i / 1000 % 500) + (i * 2654435761L >> 20 & 127)) / 100.0);
            await store.Writer.AppendAsync(batch, default);
            batch.Release();
        }
    }

    // With workers of their own the budget is tighter: they share nothing with the server but the machine. Idle and busy take turns, so that what else
    // the machine does falls on both; the first rounds, in which five processes compile, do not count.
    private static async Task DisturbAsync(PlotWorkers? workers)
    {
        var (budget, warm, rounds) = workers is null ? (2, 0, 1) : (1.2, 4, 4);
        await using var server = await ServerUnderLoad.StartLiveDashAsync(["--LiveDash:HostMetrics:Enabled=false", .. workers?.Settings ?? []]);
        await SendAsync(server.Client);
        if (workers is not null) await workers.StartAsync(server.Client, Workers);
        var (idle, busy, took) = (new List<double>(), new List<double>(), 0.0);
        for (var round = -warm; round < rounds; round++)
        {
            var calm = await AskAsync(server.Client, static count => Task.FromResult(count < 1_000));
            for (var i = 0; i < Plots; i++) await SubmitAsync(server.Client, "load", $"plot {round} {i}", "2026");
            var clock = Stopwatch.StartNew();
            var disturbed = await AskAsync(server.Client, async count => count % 50 != 49 || !await IsDoneAsync(server.Client));
            if (round < 0) continue;
            took += clock.Elapsed.TotalSeconds;
            idle.AddRange(calm);
            busy.AddRange(disturbed);
        }

        idle.Sort();
        busy.Sort();
        double before = idle[idle.Count * 99 / 100], during = busy[busy.Count * 99 / 100];
        Console.WriteLine($"\nGET /api/windows, one every {s_pace.TotalMilliseconds} ms: idle p50 {idle[idle.Count / 2]:N2} ms, p99 {before:N2} ms ({idle.Count:N0} requests)");
        Console.WriteLine($"  while {rounds} x {Plots} plots of {PlotPoints:N0} points are drawn{(workers is null ? "" : $" by {Workers} workers")} ({took:N1} s): p50 {busy[busy.Count / 2]:N2} ms, p99 {during:N2} ms ({busy.Count:N0} requests)   {during / before:N2} x   budget {budget}: {Meter.Verdict(during <= budget * before)}");
    }

    private static async Task SendAsync(HttpClient client)
    {
        var text = new StringBuilder();
        for (var i = 0; i < PlotPoints; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"load value={(2000 + (i / 1000 % 500) + (i * 2654435761L >> 20 & 127)) / 100.0} {1_793_000_000_000 + (i * 10L)}\n");
            if (i % 100_000 != 99_999) continue;
            using var body = new StringContent(text.ToString(), Encoding.UTF8, "text/plain");
            using var answer = await client.PostAsync("/write?precision=ms", body);
            answer.EnsureSuccessStatusCode();
            text.Clear();
        }
    }

    private static async Task<bool> IsDoneAsync(HttpClient client) =>
        await client.GetStringAsync("/api/jobs?status=submitted") == "[]" && await client.GetStringAsync("/api/jobs?status=running") == "[]";

    // Requests leave at a fixed pace, as a dashboard's do, one after another: from a thread of their own over a plain socket, so that what is measured is the
    // server and not how busy this process's own pool is.
    private static Task<List<double>> AskAsync(HttpClient client, Func<int, Task<bool>> goesOn) =>
        Task.Factory.StartNew(() => Ask(client.BaseAddress!, goesOn), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static List<double> Ask(Uri address, Func<int, Task<bool>> goesOn)
    {
        var took = new List<double>();
        using var asker = new PlainAsker(address, "/api/windows?series=load&window=500");
        using var pace = new ManualResetEventSlim();
        while (goesOn(took.Count).GetAwaiter().GetResult())
        {
            pace.Wait(s_pace);
            took.Add(asker.Ask().TotalMilliseconds);
        }

        return took;
    }
}
